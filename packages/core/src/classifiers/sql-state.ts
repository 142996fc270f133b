import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { verdict } from '../verdict.ts'

const of = (category: Category, codes: string): [string, Category][] =>
  codes.split(' ').map((code) => [code, category])

/** SQLSTATEs (ISO/IEC 9075-2, and those of PostgreSQL and MySQL): whole codes before classes of two characters. */
const CATEGORY_OF: ReadonlyMap<string, Category> = new Map([
  ...of(
    'state.not_found',
    '42P01 42703 42883 42704 42P02 42S02 42S22 42S12 3D000 3F000 26000 34000 02000 IM002',
  ),
  ...of(
    'state.conflict',
    '23000 23001 23503 23505 23P01 42P07 42701 42710 42723 42P03 42P04 42P05 42P06 42S01 42S21',
  ),
  ...of('state.conflict', '2BP01 2B000 40001 40P01 55006 55P03'),
  ...of('contract.missing_param', '23502'),
  ...of('contract.type', '42804 42846 42P18 22005'),
  ...of('auth.denied', '42501 25006 0L 0P 28'),
  ...of('exec.timeout', '57014 HYT00 HYT01'),
  ...of('exec.rate_limited', '53400'),
  ...of('exec.unavailable', '08 53 57 58 F0'),
  ...of('exec.tool_bug', 'XX'),
  ...of('state.precondition', '24 25 2D 3B 55'),
  ...of('contract.value', '0A 07 20 21 22 23514 42 44'),
])

/** Errors of MySQL and MariaDB as their drivers name them: their SQLSTATEs say less (23000 is also an ambiguous column). */
const MYSQL: ReadonlyMap<string, Category> = new Map(
  (
    [
      ['state.not_found', 'NO_SUCH_TABLE BAD_FIELD_ERROR BAD_DB_ERROR BAD_TABLE_ERROR SP_DOES_NOT_EXIST'],
      ['state.not_found', 'UNKNOWN_SYSTEM_VARIABLE UNKNOWN_STMT_HANDLER NO_SUCH_INDEX'],
      [
        'state.conflict',
        'DUP_ENTRY DUP_FIELDNAME DUP_KEYNAME TABLE_EXISTS_ERROR DB_CREATE_EXISTS LOCK_DEADLOCK',
      ],
      ['state.conflict', 'NO_REFERENCED_ROW NO_REFERENCED_ROW_2 ROW_IS_REFERENCED ROW_IS_REFERENCED_2'],
      ['contract.missing_param', 'BAD_NULL_ERROR NO_DEFAULT_FOR_FIELD'],
      [
        'contract.value',
        'PARSE_ERROR NON_UNIQ_ERROR DATA_TOO_LONG WARN_DATA_OUT_OF_RANGE TRUNCATED_WRONG_VALUE',
      ],
      ['contract.value', 'WRONG_VALUE_COUNT_ON_ROW WRONG_NUMBER_OF_COLUMNS_IN_SELECT SUBQUERY_NO_1_ROW'],
      ['contract.value', 'INVALID_GROUP_FUNC_USE MIX_OF_GROUP_FUNC_AND_FIELDS CONSTRAINT_FAILED'],
      [
        'auth.denied',
        'ACCESS_DENIED_ERROR DBACCESS_DENIED_ERROR TABLEACCESS_DENIED_ERROR OPTION_PREVENTS_STATEMENT',
      ],
      ['exec.timeout', 'QUERY_TIMEOUT STATEMENT_TIMEOUT LOCK_WAIT_TIMEOUT'],
      ['exec.rate_limited', 'CON_COUNT_ERROR TOO_MANY_USER_CONNECTIONS'],
    ] as const
  ).flatMap(([category, names]) => of(category, names).map(([name, one]) => [`ER_${name}`, one] as const)),
)

/** As clients print it: `SQLSTATE[42S02]`, `ERROR 1146 (42S02): …`, `ERROR:  42P01: …`, `FEHLER:  42P01: …`, `[42S02] [driver]…`. */
const IN_TEXT =
  /\bSQLSTATE[\s:=[(]{1,3}([0-9A-Z]{5})\b|\bERROR:?\s{1,2}\d{3,5} \(([0-9A-Z]{5})\):|(?:\bERROR|^\p{Lu}\p{L}+): {1,2}(?=[A-Z]*\d)([0-9A-Z]{5}): |\[([0-9A-Z]{5})\] ?\[/mu

/** The code of a database's error, which says the same in every language. */
export const sqlState: Classifier = defineClassifier({
  name: 'sql-state',
  categories: [...new Set(CATEGORY_OF.values())],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { code, message } = facts
    const named = typeof code === 'string' ? MYSQL.get(code) : undefined
    if (named) return verdict(named, 'typed', `${code}: ${message}`)
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) {
      const typed = categoryOf(code, message)
      if (typed) return verdict(typed, 'typed', `${code}: ${message}`)
    }
    if (!/SQLSTATE|ERROR| [0-9A-Z]{5}: |\[[0-9A-Z]{5}\] ?\[/.test(message)) return undefined
    const [, inBrackets, inParentheses, beforeColon, ofDriver] = IN_TEXT.exec(message.slice(0, 1000)) ?? []
    const printed = inBrackets ?? inParentheses ?? beforeColon ?? ofDriver
    const category = printed && categoryOf(printed, message)
    return category ? verdict(category, 'template', message) : undefined
  },
})

function categoryOf(code: string, message: string): Category | undefined {
  // No function takes these arguments: without a list of them it is an operator, and its operands do not fit.
  if (code === '42883' && !message.includes('(')) return 'contract.type'
  return CATEGORY_OF.get(code) ?? CATEGORY_OF.get(code.slice(0, 2))
}
