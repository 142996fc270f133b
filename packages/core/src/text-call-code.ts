/** The error code under which the runtime records that a call was written as text. */
export const TEXT_CALL_CODE = 'text-call'
