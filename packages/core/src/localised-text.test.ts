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
    ['bash：第 1 行：foo：未找到命令', 'exec.dependency'],
    ['关系 "x" 不存在', 'state.not_found'],
    ['cat: x: 权限不够', 'auth.denied'],
    ['mkdir: 缺少操作对象', 'contract.missing_param'],
  ])('%s is %s', (text, category) => {
    expect(localisedCategory(text)).toBe(category)
  })

  it.each(['tout va bien', 'alles in Ordnung', '一切正常', 'the order was sent', 'Je ne sais que dire'])(
    'says nothing of %s',
    (text) => {
      expect(localisedCategory(text)).toBeUndefined()
    },
  )
})
