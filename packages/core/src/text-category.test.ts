import { describe, expect, it } from 'vitest'
import { textCategory, textJudgement } from './text-category.ts'

describe('textJudgement', () => {
  it('keeps what the families say where the words do not say otherwise', () => {
    expect(textJudgement('User 5 does not exist')).toEqual({ category: 'state.not_found', by: 'families' })
  })

  it('goes by the words where no family matches', () => {
    const message = 'the lock file needs to be refreshed, but this run may not write it'
    expect(textJudgement(message)?.by).not.toBe('families')
  })

  it.each(['', '0', 'no', 'Something went wrong', 'the meeting went well'])(
    'says nothing of %j',
    (message) => {
      expect(textJudgement(message)).toBeUndefined()
    },
  )
})

describe('textCategory goes by general words of English', () => {
  it.each([
    ['Unknown cipher type "x"', 'contract.value'],
    ['Element with index 15 does not exist', 'exec.env_drift'],
    ['Fill timed out: waiting for get_by_role("textbox")', 'exec.env_drift'],
    ['the report does not match the declared output schema', 'result.contract'],
    ['title must be a non-empty text', 'contract.missing_param'],
    ['the amount must be a positive number', 'contract.value'],
    ['/srv/a.txt is outside of the working directory', 'auth.denied'],
    ['Invalid one-time code', 'auth.denied'],
    ['unknown key type lesson', 'contract.value'],
    ['Undefined symbol total', 'contract.value'],
    ['unknown command "markets"', 'exec.dependency'],
    ["Invalid command 'backups'; type help", 'exec.dependency'],
    ["Invalid command part 'a': Invalid command format", 'contract.value'],
    ["Field 'total' doesn't have a default value", 'contract.missing_param'],
    ['Invalid key: Expected "city" but received undefined', 'contract.missing_param'],
    ['Invalid key: Expected never but received "town"', 'contract.misnamed_param'],
    ['Int cannot represent non-integer value: "x"', 'contract.type'],
    ['Operation against a key holding the wrong kind of value', 'contract.type'],
    ['This tool can only be used when there is a dialog', 'state.precondition'],
    ['requested operation requires superuser privilege', 'auth.denied'],
    ['Maximum number of redirects exceeded', 'exec.unavailable'],
    ['unable to open database file', 'state.not_found'],
    ['maxContentLength size of 517 exceeded', 'result.oversize'],
    ['unknown field "town"', 'contract.misnamed_param'],
    ['unknown customer 5', 'state.not_found'],
    ['order cannot be cancelled', 'state.precondition'],
    ['flag provided but not defined: -x', 'exec.dependency'],
    ["unexpected argument '--x' found", 'exec.dependency'],
    ['extra fields not permitted', 'contract.misnamed_param'],
    ['"town" is not allowed', 'contract.misnamed_param'],
    ['json: cannot unmarshal string into Go struct field of type int', 'contract.type'],
    ['failed to parse field [age] of type [long]', 'contract.type'],
    ['Unexpected end of JSON input', 'parse.malformed_json'],
    ["invalid character 'a' looking for beginning of value", 'parse.malformed_json'],
    ["invalid character '1' in package name", 'contract.value'],
    ["Key: 'a' Error:Field validation for 'a' failed on the 'required' tag", 'contract.missing_param'],
    ["Field validation for 'a' failed on the 'email' tag", 'contract.value'],
    ['you must specify a list of fields', 'contract.missing_param'],
    ['Cart is empty', 'state.precondition'],
    ['Only the owner can delete this project', 'auth.denied'],
    ['The provided token has expired.', 'auth.denied'],
    ['You have reached your daily limit', 'exec.rate_limited'],
    ['no such element: Unable to locate element', 'exec.env_drift'],
    ['x509: certificate signed by unknown authority', 'exec.unavailable'],
    ['stdin is not a terminal\nConnection closed by remote host', 'exec.unavailable'],
    ['1 validation error for User\na\n  field required', 'contract.missing_param'],
    ['Object does not exist or not authorized', 'state.not_found'],
  ])('%s: %s', (message, category) => {
    expect(textCategory(message)).toBe(category)
  })
})
