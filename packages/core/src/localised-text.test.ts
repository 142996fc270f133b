import { describe, expect, it } from 'vitest'
import { localisedCategory } from './localised-text.ts'

describe('localisedCategory', () => {
  it.each([
    ['bash: ligne 1: foo : commande introuvable', 'exec.dependency'],
    ["ls: impossible d'accéder à 'x': Aucun fichier ou dossier de ce type", 'state.not_found'],
    ["la relation « x » n'existe pas", 'state.not_found'],
    ['rm: impossible de supprimer « x » : Permission non accordée', 'auth.denied'],
    ['la relation « x » existe déjà', 'state.conflict'],
    ['bash: Zeile 1: foo: Kommando nicht gefunden.', 'exec.dependency'],
    ['cat: x: Datei oder Verzeichnis nicht gefunden', 'state.not_found'],
    ['Spalte »x« existiert nicht', 'state.not_found'],
    ['Syntaxfehler bei »FROM«', 'contract.value'],
    ['Relation »x« existiert bereits', 'state.conflict'],
    ['ls: no se puede acceder a x: No existe el fichero o el directorio', 'state.not_found'],
    ['Permiso denegado', 'auth.denied'],
    ['bash: foo: comando não encontrado', 'exec.dependency'],
    ['bash: foo: comando non trovato', 'exec.dependency'],
    ["ls: impossibile accedere a 'x': File o directory inesistente o non trovata", 'state.not_found'],
    ['cat: x: Permissão negada', 'auth.denied'],
    ['请求过于频繁，请稍后再试', 'exec.rate_limited'],
    ['请先登录', 'auth.denied'],
    ['bash：第 1 行：foo：未找到命令', 'exec.dependency'],
    ['关系 "x" 不存在', 'state.not_found'],
    ['cat: x: 权限不够', 'auth.denied'],
    ['mkdir: 缺少操作对象', 'contract.missing_param'],
    ['bash: ligne 1: total : variable sans liaison', 'contract.value'],
    ['error: option « --x » non reconnue', 'exec.dependency'],
    ["L'option -t nécessite un paramètre", 'contract.missing_param'],
    ['Connexion terminée par expiration du délai d’attente', 'exec.timeout'],
    ["impossible de résoudre l'adresse de l'hôte « x »", 'exec.unavailable'],
    ['doit être super-utilisateur pour modifier x', 'auth.denied'],
    ['ne peut pas convertir x vers le type y', 'contract.type'],
    ['Unbekannte Option »--x«', 'exec.dependency'],
    ['Angeforderte Operation benötigt Superuser-Rechte', 'auth.denied'],
    ['Host-Adresse »x« kann nicht aufgelöst werden', 'exec.unavailable'],
    ['Benutzer »x« ist nicht vorhanden', 'state.not_found'],
    ['Wert muss auf »x« folgen', 'contract.value'],
    ['x wurde schon verwendet', 'state.conflict'],
    ['Länge überschreitet erlaubtes Maximum', 'state.precondition'],
    ['无法定位软件包 x', 'state.not_found'],
    ['选项 -t 要求有一个参数。', 'contract.missing_param'],
    ['失败：拒绝连接。', 'exec.unavailable'],
    ['所请求的操作需要超级用户权限', 'auth.denied'],
    ['聚合函数不允许出现在 x 中', 'contract.value'],
  ])('%s is %s', (text, category) => {
    expect(localisedCategory(text)).toBe(category)
  })

  it.each([
    ...['tout va bien', 'alles in Ordnung', '一切正常', 'the order was sent', 'Je ne sais que dire'],
    ...['la connexion est ouverte', 'Verbindung steht', 'bitte warten', '操作完成', 'le fichier a été écrit'],
  ])('says nothing of %s', (text) => {
    expect(localisedCategory(text)).toBeUndefined()
  })
})
