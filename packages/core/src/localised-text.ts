import type { Category } from './failure.ts'

const family = (category: Category, ...patterns: RegExp[]): readonly [Category, RegExp] => {
  return [category, new RegExp(patterns.map(({ source }) => source).join('|'), 'i')]
}

/**
 * The words of failures in French, German, Chinese and, fewer, Spanish, Portuguese and Italian, one language a line: a verb or an adjective, and
 * where it says little alone, the noun it goes with. The first family that matches decides, as in English. Other
 * languages, and what is said in other words, stay unknown: there, codes and the learnt pairs decide.
 */
const FAMILIES: readonly (readonly [Category, RegExp])[] = [
  family(
    'exec.dependency',
    /(?:option|commande|opération|prédicat)(?! de configuration)[^\n]{0,60}(?:introuvable|inconnue?|invalide|incorrecte|non reconnue?|pas reconnue?|pas valable|pas prise? en charge)|pas une commande|(?:inconnue?|non reconnue) [^\n]{0,20}option/,
    /(?:kommando|befehl) (?:\S+ )?nicht gefunden|(?:unbekannte|ungültige|unzulässige|nicht erkannte|falsche)[rsn]? (?:\S+ ){0,2}\S*(?:option(?!s)|optie|befehl|kommando|schalter|operation|prädikat)|(?:option|schalter)[^\n]{0,60} (?:unbekannt|ungültig|nicht (?:erkannt|interpretiert|verstanden|unterstützt))|keine? \S*-?(?:kommando|befehl)|\S*option[^\n]{0,60}nicht interpretiert/,
    /(?<!的)(?:未知|无效|无法识别|未识别|不适用|非法)的?[^\n，。]{0,9}(?:选项|操作(?![数对符])|断言)|未知的?[^\n]{0,4}子?命令(?!.{0,4}参数)|未找到命令|找不到命令|命令未找到|不是一个 ?\S* ?命令|不能理解[^\n]{0,8}选项/,
    /(?<!paquete |package )(?:no está instalado)|(?<!软件包[^\n]{0,40})未安装|(?:orden|comando) (?:no encontrad|não encontrad|non trovat)|opción (?:\S+ )?(?:no reconocida|inválida|desconocida)|ne peut pas trouver -l|找不到 -l|kann -l\S+ nicht finden/,
  ),
  family(
    'exec.timeout',
    /délai [^\n]{0,30}(?:dépassé|expiré|écoulé|imparti)|dépassement du délai|expiration du délai/,
    /zeitüberschreitung|zeit(?:limit)? überschritten|(?:wartezeit|zeit)[^\n]{0,40} abgelaufen|abgelaufene zeit/,
    /超时|逾时|超[出过]\S{0,4}(?:时间|max_statement_time)|tiempo de espera [^\n]{0,20}(?:agotado|excedido)/,
  ),
  family('exec.rate_limited', /(?:次数|请求|操作|访问|调用)[^\n，。]{0,6}(?:过多|过快|频繁)/),
  family(
    'exec.unavailable',
    /connexion (?:au serveur |à \S+ )?(?:refusée|réinitialisée|terminée|perdue|fermée|impossible|échoué)|(?:établir|échec (?:de|lors de)|erreur de) (?:une |la )?connexion|(?:résoudre|résolution)[^\n]{0,30}(?:h[ôo]te|adresse|nom)|(?:hôte|réseau|serveur)[^\n]{0,30}(?:injoignable|inaccessible|indisponible)|aucune donnée reçue|redirections|erreur interne|se connecter (?:à|au)|connexion ssl|mémoire (?:épuisée|insuffisante)|plus de place|paquet (?:tls|ssl)/,
    /verbindung(?:saufbau)?[^\n]{0,30} (?:abgelehnt|verweigert|zurückgesetzt|unterbrochen|beendet|verloren|geschlossen|fehlgeschlagen|herzustellen)|verbindungsfehler|(?:ssl|tls)-(?:verbindung|paket)|nicht (?:auf)?gelöst werden|nicht erreichbar|(?:dienst|server)[^\n]{0,20} nicht verfügbar|interner fehler|namensauflösung|keine daten empfangen|(?:weiterleitungen|verweise)|speicher (?:ist )?(?:erschöpft|voll|aufgebraucht)|(?:nicht genügend|zu wenig) speicher|kein (?:speicher|platz)|nicht aufgelöst/,
    /连接[^\n，。]{0,8}(?:拒绝|重置|关闭|中断|失败|断开)|拒绝连接|服务未知|无法(?:建立|连接|访问此|解析(?:主机|地址|域名))|(?:网络|主机)[^\n]{0,6}不可[达用]|没有接收到数据|内部错误|次重定向|重定向(?:次数)?过多|空间不足|没有空间|内存(?:不足|耗尽)|无法分配内存|(?:tls|ssl) 数据包|conexión (?:rechazada|reinicializada)/,
  ),
  family(
    'auth.denied',
    /permission (?:non accordée|refusée)|droits? (?:refusé|insuffisant)|accès (?:refusé|interdit)|(?:opération|action) non (?:permise|autorisée)|pas (?:autorisée? à|le droit|la permission)|privilèges|être super-?utilisateur|échouée? pour l'utilisateur|d.authentification|(?<!variable en )lecture seule|mot de passe [^\n]{0,20}(?:incorrect|invalide|erroné)/,
    /keine berechtigung|(?:zugriff|erlaubnis|berechtigung)[^\n]{0,20}(?:verweigert|fehlt)|(?:operation|vorgang|zugriff)[^\n]{0,12} nicht (?:erlaubt|zulässig|gestattet)|nicht berechtigt|nur superuser|berechtigung nur|kein mitglied|verboten|muss superuser|superuser-|-rechte|authentifizierung[^\n]{0,60}fehl|read-only-transaktion|nur-lese|nur lesbar/,
    /(?<!默认)权限(?!位)|认证失败|禁止|的成员|拒绝访问|不允许的操作|(?:没有|未)(?:被)?授权|超级用户|密码(?:错误|不正确)|只读(?!变量)|(?:请|必须|需要?)先?登[录入陆]|未登[录入陆]/,
    /permiso denegado|acceso denegado|operación no permitida|sólo lectura|permissão negada|acesso negado|permesso negato|accesso negato/,
  ),
  family(
    'state.precondition',
    /n'est (?:pas )?un dépôt|modifications locales|(?:faut|devez) d'abord|avant de pouvoir/,
    /kein (?:\S+-)?repository|lokalen änderungen|müssen (?:\S+ ){0,3}(?:zuerst|vorher)/,
    /不是(?:一个)? ?\S* ?仓库|本地修改|(?:必须|需要|请)(?:首)?先/,
  ),
  family(
    'state.conflict',
    /existe(?:nt)? déjà|le fichier existe|\bexistante?s?\b|déjà |n'est pas vide|contrainte (?:unique|d'unicité|de clé étrangère)|identi(?:ques|fient)|(?:le )?même fichier|dépendent de|conflit|(?:lecture-?seule seulement|variable en lecture)|en double|dupliquée?s?(?![a-z])|conflictuel|pas unique|aucune? (?:modification|changement)|verrouillée?|occupée?\b|rien à (?:valider|faire)/,
    /existiert bereits|bereits |datei existiert|existierende|schon |in benutzung|widersprüchlich|kollidiert|keine änderungen|verklemmung|nicht einmalig|verzeichnis[^\n]{0,30}nicht leer|(?:unique|fremdschlüssel)-?constraint|identisch|(?:dieselbe|die gleiche) datei|hängen davon ab|konflikt|schreibgeschützte variable|doppelte|gesperrt|belegt|wird (?:gerade )?(?:benutzt|verwendet)|nichts zu /,
    /已(?:经)?存在|已经|非空|不为空|(?:唯一|外键)约束|(?:是|为)同一(?:个)?文件|依赖于它|冲突|只读变量|重复|死锁|不是唯一|使用中|(?:设备|资源|系统)[^\n]{0,4}忙|占用|被锁|正在使用|无文件要提交|无事可做/,
    /ya existe|directorio no está vacío/,
  ),
  family(
    'contract.missing_param',
    /(?<!entrée )manquante?s?(?![a-z])|manque (?:un |l'|une |le )?\S+|(?:nécessite|requiert|exige|attend) (?:un |une |au moins )[^\n]{0,20}(?:argument|paramètre|option|opérande|valeur)|aucune? (?:\S+ ){1,3}(?:spécifiée?|indiquée?|fournie?|donnée?)(?!s)|(?:doit|devez) [^\n]{0,12}(?:spécifi|indiqu|fourni|précis)|veuillez (?:renseigner|remplir|sélectionner|indiquer|préciser|entrer|spécifier|fournir)|est (?:vide|requise?|obligatoire)(?![a-z])|être (?:null|vide)|(?:a|ont) besoin d'une?|contrainte (?:not null|non null)|pas assez d'arguments/,
    /fehlende[rsn]? (?!eintrag)\S+|\bfehlt\b|(?:erfordert|benötigt|verlangt|erwartet) (?:ein|mindestens)|wird benötigt|(?:muss|müssen) [^\n]{0,30}angegeben|keine? (?:\S+ ){1,2}angegeben|bitte (?:geben|wählen|füllen)|(?:fülle|wähle) (?:dieses|bitte|einen)|ist leer|(?:darf|dürfen|kann) nicht (?:leer|null)|zu wenige? (?:argument|parameter|operand)|not-null-constraint/,
    /缺少|缺失|遗漏|(?:需要|要求)(?:有)?一?个?[^\n，。]{0,8}(?:参数|选项|值)|未指定(?! -)|(?:没有|尚未)指定|必须指定|参数(?:太少|不足)|不能为空|请输入|没有给出|未给定|必须带参数|请填写|请在列表中选择|非空约束/,
    /falta (?:un |el )?(?:operando|argumento|parámetro)/,
  ),
  family(
    'contract.value',
    /(?:aucune?|pas d[e']) [^\n]{0,40}(?:valable|valide)|(?:signal|type|spécificateur|format|encodage|codage|chiffrement|algorithme|schéma|protocole|fonction|symbole|fuseau|unité)[^\n]{0,30} (?:inconnue?|pris en charge)|référence indéfinie|sans liaison|omission du/,
    /keine? gültige|(?:unbekannte|nicht unterstützte)[rsn]? (?:\S+ )?\S*(?:signal|typ|format|kodierung|algorithmus|schema|protokoll|funktion|symbol|einheit)|nicht definierter verweis|ist nicht gesetzt|ausgelassen/,
    /找不到有效的|没有有效的|未知的?(?:信号|类型|格式|编码|算法|协议|函数|符号)|不支持的|未定义的?引用|未绑定|略过/,
  ),
  family(
    'state.not_found',
    /introuvables?|inexistante?s?|n'existe(?:nt)? pas|(?:pas|non|pu être|jamais) trouvée?s?|aucune? (?:\S+ ){1,4}(?:trouvée?|pour|correspond)|aucune? [^\n]{1,40} (?:ne correspond|trouvée?)|aucune? (?:fichier|processus|périphérique|dossier|information)|impossible de trouver|ne peut (?:pas )?trouver|ne correspond à aucun|(?:utilisateur|groupe|hôte|révision|adresse|table|colonne)[^\n]{0,30} inconnue?|inconnu à cette adresse|configuration [^\n]{0,40}non reconnu|(?:ouvrir|lire|trouver|localiser) (?:le |la )?(?:fichier|répertoire|dossier)|pas pu (?:trouver|localiser)|impossible de (?:localiser|résoudre)|est inconnue?(?![a-z])|pas (?:de|d') ?(?:serveur|\S+ nommée?)|entrée manquante|paquet[^\n]{0,60}pas installée?/,
    /nicht (?:im \S+ )?(?:gefunden|finden|vorhanden|auffindbar|nachschlagen|auflösen)|datei[^\n]{0,60} nicht (?:geöffnet werden|öffnen)|ist unbekannt|keine? derartige|paket[^\n]{0,60} nicht installiert|existiert(?: \S+){0,3} nicht|gibt es nicht|keine? (?:\S+ ){1,3}gefunden|keine? (?:passende[rsn]?|solche[rsn]?|informationen?)|(?:entspricht|stimmt mit) keine|keine regel|unbekannte[rsn]? (?:\S*benutzer|\S*gruppe|\S*rechner|konfigurations|\S*tabelle|\S*spalte)|fehlender eintrag/,
    /没有那个(?:文件|目录|进程)|不存在|未找到|找不到|没有(?:找到|发现|此|规则|匹配)|无此|未发现|未匹配任何|软件包[^\n]{0,60}(?:没有(?:被)?|未)安装|没有(?:被)?安装软件包|(?:不能|没有|无法)[^\n，。]{0,12}找到|无法打开(?:文件|目录|输|临时)|无匹配|无法(?:定位|找到)|不在 ?\S{0,16} ?中|未认可的配置|丢失/,
    /no existe|no encontrad[oa]|inexistente|não (?:existe|encontrad[oa])|non (?:esiste|trovat[oa])/,
  ),
  family(
    'contract.misnamed_param',
    /(?:paramètre|argument|champ|propriété|attribut)s?(?! de)[^\n]{0,30} (?:inconnu|inattendu|non reconnu)/,
    /(?:unbekannte|unerwartete)[rsn]? (?:parameter|argument|feld|eigenschaft|attribut)/,
    /(?:未知|无法识别|不可识别|未识别)的?(?:参数|字段|属性)|意外的参数/,
  ),
  family(
    'contract.type',
    /(?:est|soit) de type [^\n]{1,60} mais|doit être (?:de|du) type|(?:peut pas|impossible de|pas pu) (?:être )?convertir|n'est pas un (?:tableau|entier|nombre)|l'opérateur n'existe pas/,
    /hat typ [^\n]{1,60} aber|muss typ|umwandeln|umgewandelt|konvertier(?:t werden|en)|kein (?:feld|array)|eine ganze zahl|operator existiert nicht/,
    /类型为[^\n]{1,60}但|必需是类型|(?:无法|不能)[^\n，。]{0,16}转换|转换为类型|不是(?:一个)?(?:数组|整数|数字)|操作符不存在/,
  ),
  family(
    'contract.value',
    /erreur de syntaxe|invalides?(?![a-z])|non valides?|(?:non|pas) valables?|pas une? (?:\S+ ){1,3}valide|incorrecte?s?(?![a-z])|mauvaise?s? |malformée?|erronée?|inattendue?|(?:est|n'est pas) un (?:dossier|répertoire)|division par zéro|ambiguë?|hors (?:limite|de la plage|de l'intervalle|des limites)|trop |hors plage|prématurée?|ne gère pas|devrait être|pas numérique|non terminée?|veuillez (?:inclure|respecter|allonger)|(?:doit|doivent) |d'analyser?|correspond(?:ent)? pas|support(?:e|ent|ée?s?) pas|(?:pas|non) support|pas valides?|pas en charge|corrompu|mutuellement|syntaxe|incompatible|pas autorisée?s?|pas une? |non appari|plus d'une|en trop|surnuméraire|pas pris(?:e|es)? en charge|format|contrainte de vérification/,
    /syntaxfehler|ungültig|(?:ist|kein) (?:ein )?verzeichnis|division durch null|unerwartet|nicht eindeutig|mehrdeutig|außerhalb des|zu (?:lang|groß|kurz|klein|viele)|beim (?:auswerten|parsen|einlesen)|nicht erkannt|darf nicht|vorzeitig|fehlgeformt|entspricht nicht|passen nicht|nicht (?:abgeschlossen|beendet|unterstützt|paarweise|korrekt)|(?:halte dich|verlängere|die e-mail)|muss (?:kleiner|größer|"|')|mehr als ein|muss |müssen |sollte|unterstützt (?:keine?|nicht)|stimm(?:t|en) nicht|nicht (?:parsen|geparst|eingelesen|ausgewertet|analysiert|erlaubt|zulässig)|passt nicht|schließen sich|beschädigt|inkompatibel|ist keine?n? |zusätzliche[rsn]? |überzählig|fehlerhaft|falsche[rsn]? |format/,
    /语法错误|不是一个有效|未知的命令|无效|非法|不合法|不正确|(?:号|参数|格式|类型)错误|是一个目录|不是(?:一个)?目录|除以(?:零|0)|除数为|意外|未预期|不明确|超出|过[长大多]|太[长大多短小]|未结束|未终止|多余的?|请(?:与所请求|将该文本|在电子邮件)|必须(?:小于|大于|为|是)|不匹配|返回了多|不支持|必须|不允许|损坏|语法|歧义|互斥|未匹配的|无法解析|不被|不符|非预期|不是(?:一个|有效|普通)|应该是/,
    /error de sintaxis|inválid|es un directorio|por cero|inesperad|fuera de rango/,
  ),
  family(
    'state.precondition',
    /dépasse|pas encore|n'est plus|(?:non|pas) (?:disponible|configurée?|activée?|connectée?)|maximum autorisé|non autorisée?|pas pu configurer|dépend de|insuffisante?|a expiré|car vous avez/,
    /überschritten|überschreitet|noch nicht|läuft nicht|nicht mehr|nicht (?:aktiviert|konfiguriert|verfügbar|möglich)|abgelaufen|hängt von|reicht nicht/,
    /不可用|不再|最大允许|进行中|没有可用|未合并|尚未|未(?:启用|配置|设定)|已过期|不足/,
  ),
]

/** The category that a text speaks of in another language than English; undefined where no family matches. */
export function localisedCategory(text: string): Category | undefined {
  const plain = text.includes('’') ? text.replaceAll('’', "'") : text
  return FAMILIES.find(([, pattern]) => pattern.test(plain))?.[0]
}
