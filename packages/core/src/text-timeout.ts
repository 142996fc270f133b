import { anyMatch } from './pattern-filter.ts'

/** Whether a text speaks of an answer that did not come in time. */
export const saysTimeout: (text: string) => boolean = anyMatch(
  new RegExp(
    [
      /\btimed[ -]?out\b|\b(?:has|have|had|did|will|would) time out\b/,
      /\btime-?out (?:error|exceeded|expired|reached|occurred|elapsed|after|while|waiting|of \d)/,
      /\btime-?out\b.{0,20}\bexceeded/,
      /\b(?:request|connection|connect|gateway|read|write|operation|query|execution|command|response|socket|navigation) time-?out\b(?! (?:limit|value|option|setting|parameter))/,
      /^(?:error: )?time-?out\b(?! (?:limit|value|option|setting|parameter))|(?:=\d+|[.:]) Timeout\.$/,
      /\bdue to (?:\w+ ){0,2}time-?out\b|\bdeadline exceeded\b|\b(?:took|taking) too long\b|\bexceeded (?:the )?time limit\b|\btime limit (?:was )?exceeded\b|\bno (?:response|answer) (?:with)?in\b|(?:\b|_)(?:statement|execution|query|processing)[_ ]time\b.{0,30}\bexceeded/,
    ]
      .map(({ source }) => source)
      .join('|'),
    'im',
  ),
)
/** A page that does not show what is waited for has changed: that is not slowness. */
export const waitsForPage: (text: string) => boolean = anyMatch(
  /\bwaiting for (?:locator|selector|element|get_by_\w+|getBy\w+|frame_?locator)\b|\bto find element\b|\bintercepts pointer events\b|\belement is not (?:visible|enabled|stable|attached)\b/i,
)

/** What a message speaks of is slowness, whatever else its words say; it is for the classifier of time-outs. */
export function tellsOfTimeout(message: string): boolean {
  return saysTimeout(message.slice(0, 500)) && !waitsForPage(message)
}
