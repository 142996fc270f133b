import type { ToolContract } from '@lifeharness/core'
import { listedTools } from './act.ts'
import { contractOf, type ListedTool } from './observe.ts'
import type { Session } from './session.ts'

export type ListPage = { tools?: ListedTool[]; nextCursor?: string }

/** What a client has been told of a server's tools. */
export type ToolList = {
  /** Every tool, once the list is whole; before, none. */
  contracts(): readonly ToolContract[]
  /** Takes a page; gives it back as the client should see it. `goesOn`: it was asked for by a cursor. */
  read<Page extends ListPage>(page: Page, goesOn: boolean): Page
}

export function toolList(session: Session, origin: () => string): ToolList {
  let contracts: readonly ToolContract[] = []
  let pages: readonly ToolContract[] = []
  return {
    contracts: () => contracts,
    read(page, goesOn) {
      const { tools, nextCursor } = page
      if (!Array.isArray(tools)) return page
      const listed = tools.map((tool) => contractOf(origin(), tool))
      pages = goesOn ? [...pages, ...listed] : listed
      // Until the last page is here, a tool that is missing may be on the next one.
      const more = nextCursor !== undefined
      if (!more) contracts = pages
      const shown = listedTools(tools, pages, session.present(pages, more))
      return shown === tools ? page : { ...page, tools: [...shown] }
    },
  }
}
