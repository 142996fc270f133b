// An MCP server over stdio for tests: `get_order` knows only numbers with a `#`.
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'

const server = new Server({ name: 'shop', version: '1.0.0' }, { capabilities: { tools: {} } })
server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: [{ name: 'get_order', inputSchema: { type: 'object', properties: { id: { type: 'string' } } } }],
}))
server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
  const id = String(params.arguments?.id)
  const known = id.startsWith('#')
  return {
    content: [{ type: 'text', text: known ? `${id} is on its way` : 'order not found' }],
    isError: !known,
  }
})
await server.connect(new StdioServerTransport())
