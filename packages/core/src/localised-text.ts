import type { Category } from './failure.ts'

/**
 * The words of failures in French, German, Spanish and Chinese, as operating systems, shells and databases use them;
 * the first family that matches decides. Other languages, and what is said in other words, stay unknown: there, codes
 * and the learnt pairs decide.
 */
const FAMILIES: readonly (readonly [Category, RegExp])[] = [
  [
    'exec.dependency',
    /commande introuvable|commande inconnue|(?:kommando|befehl) nicht gefunden|orden no encontrada|comando no encontrado|未找到命令|找不到命令|命令未找到|option (?:\S+ )?(?:non reconnue|inconnue|invalide)|(?:unbekannte|ungültige|nicht erkannte) (?:option|optie)|opción (?:\S+ )?(?:no reconocida|inválida|desconocida)|(?:未识别的|无法识别的|无效的|无效|未知|未知的|不适用的)选项|keine? git-(?:kommando|befehl)|不是一个 ?git ?命令|prédicat inconnu|unbekanntes prädikat|未知的断言/i,
  ],
  [
    'auth.denied',
    /permission (?:non accordée|refusée)|droits? (?:refusé|insuffisant)|accès (?:refusé|interdit)|opération non permise|keine berechtigung|zugriff verweigert|(?:operation|vorgang) (?:ist )?nicht (?:erlaubt|zulässig)|permiso denegado|acceso denegado|operación no permitida|权限不够|权限不足|权限被拒绝|拒绝访问|不允许的操作|没有权限|(?<!variable en )lecture seule|read-only-transaktion|nur-lese|sólo lectura|只读(?!变量)/i,
  ],
  [
    'exec.timeout',
    /délai .{0,30}(?:dépassé|expiré|écoulé)|dépassement du délai|zeitüberschreitung|zeit(?:limit)? überschritten|tiempo de espera .{0,20}(?:agotado|excedido)|超时|逾时/i,
  ],
  [
    'exec.unavailable',
    /connexion (?:refusée|réinitialisée|terminée)|verbindung(?:saufbau)? (?:abgelehnt|verweigert|zurückgesetzt)|conexión (?:rechazada|reinicializada)|连接(?:被|请求被)?(?:拒绝|重置|关闭)|inaccessible|nicht erreichbar|无法访问此|échec (?:de|lors de) la (?:connexion|résolution)|konnte nicht aufgelöst werden/i,
  ],
  [
    'state.conflict',
    /existe(?:nt)? déjà|le fichier existe|déjà (?:utilisé|ouvert)|existiert bereits|bereits vorhanden|datei existiert|ya existe|已(?:经)?存在|已经有|(?:dossier|répertoire) n'est pas vide|verzeichnis (?:ist )?nicht leer|目录非空|directorio no está vacío|contrainte (?:unique|d'unicité|de clé étrangère)|(?:unique|fremdschlüssel)-?constraint|(?:唯一|外键)约束|identi(?:ques|sch)|sont le même fichier|sind die gleiche datei|是同一个文件|为同一文件|dépendent de|hängen davon ab|依赖于它|conflit|konflikt|冲突|lecture-?seule seulement|variable en lecture|schreibgeschützte variable|只读变量/i,
  ],
  [
    'contract.missing_param',
    /(?:opérande|argument|paramètre|option|valeur)s? (?:\S+ ){0,3}manquant|manque (?:un |l'|une )?(?:opérande|argument)|nécessite un argument|(?:fehlende[rs]?|fehlt (?:ein|das|der)) (?:\S+ )?(?:operand|argument|parameter|wert|zieldatei)|argument (?:fehlt|erforderlich)|(?:erfordert|benötigt) ein argument|falta (?:un |el )?(?:operando|argumento|parámetro)|缺少(?:了)?(?:要操作的文件|操作对象|操作数|参数|目标)|遗漏|需要一个?参数|veuillez (?:renseigner|remplir|sélectionner)|(?:fülle|wähle) (?:dieses|bitte|einen)|请填写|请在列表中选择|contrainte (?:not null|non null)|not-null-constraint|非空约束/i,
  ],
  ['state.precondition', /n'est (?:pas )?un dépôt|kein (?:\S+-)?repository|不是(?:一个)? ?\S* ?仓库/i],
  [
    'state.not_found',
    /aucune? (?:\S+ ){1,4}(?:trouvée?|pour)|keine? (?:\S+ ){1,3}gefunden|entspricht keine|keine regel|nicht im \S+ gefunden|未发现|没有匹配|aucun (?:fichier|processus|périphérique|dossier)|n'existe(?:nt)? pas|introuvables?|(?:pas|non) trouvée?s?|inconnu à cette adresse|utilisateur inexistant|ne correspond à aucun|datei oder verzeichnis nicht gefunden|nicht gefunden|existiert(?: \S+){0,2} nicht|existiert nicht|kein passender prozess|kein solche[rs]?|stimmt mit keine|no existe|no encontrad[oa]|没有那个(?:文件|目录|进程)|没有此|不存在|未找到|找不到|没有找到|未匹配任何|没有规则/i,
  ],
  [
    'contract.type',
    /(?:est|soit) de type .{1,60} mais|hat typ .{1,60} aber|类型为.{1,60}但|muss typ|doit être de type|必需是类型|l'opérateur n'existe pas|operator existiert nicht|操作符不存在/i,
  ],
  [
    'contract.value',
    /erreur de syntaxe|syntaxfehler|error de sintaxis|语法错误|invalides?\b|non valides?\b|pas une? (?:\S+ ){1,3}valide|keine? gültige|不是一个有效|未知的命令|incorrecte?s?\b|ungültig|inválid|无效|非法|不合法|(?:est|n'est pas) un (?:dossier|répertoire)|(?:ist|kein) (?:ein )?verzeichnis|es un directorio|是一个目录|不是(?:一个)?目录|division (?:par zéro|durch null|por cero)|除以(?:零|0)|除数为|inattendue?|unerwartete|inesperad|意外|未预期|ambiguë?|nicht eindeutig|mehrdeutig|不明确|hors (?:limite|de la plage|de l'intervalle)|außerhalb des|fuera de rango|超出范围|trop (?:long|grand|court)|zu (?:lang|groß|kurz)|过长|太长|non terminée?|nicht abgeschlossen|nicht beendet|未结束|未终止|veuillez (?:inclure|respecter|allonger)|(?:halte dich|verlängere|die e-mail)|请(?:与所请求|将该文本|在电子邮件)|doit être (?:inférieur|supérieur)|muss (?:kleiner|größer)|必须(?:小于|大于)|non appari|nicht paarweise|不匹配|format/i,
  ],
]

/** The category that a text speaks of in another language than English; undefined where no family matches. */
export function localisedCategory(text: string): Category | undefined {
  return FAMILIES.find(([, pattern]) => pattern.test(text))?.[0]
}
