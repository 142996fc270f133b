import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { gorillaFileSystem } from './gorilla-file-system.ts'

const file = (content: string) => `{"type":"file","content":${JSON.stringify(content)}}`
const ROOT = `{"root":{"home":{"type":"directory","contents":{
  "b.txt":${file('two\none\n')},"a.txt":${file('one two')},".hid":${file('')},"2024":{"type":"directory","contents":{
    "note.txt":${file('x')}}},"empty":{"type":"directory","contents":{}}}}}}`

describe('the file system', () => {
  it.each([
    ['pwd', '{}', '{"current_working_directory": "/home"}'],
    ['ls', '{}', '{"current_directory_content": ["b.txt", "a.txt", "2024", "empty"]}'],
    ['ls', '{"a":true}', '{"current_directory_content": ["b.txt", "a.txt", ".hid", "2024", "empty"]}'],
    ['cat', '{"file_name":"a.txt"}', '{"file_content": "one two"}'],
    ['sort', '{"file_name":"b.txt"}', '{"sorted_content": "one\\ntwo"}'],
    ['tail', '{"file_name":"b.txt","lines":1}', '{"last_lines": "one"}'],
    ['tail', '{"file_name":"b.txt","lines":0}', '{"last_lines": ""}'],
    ['grep', '{"file_name":"b.txt","pattern":"tw"}', '{"matching_lines": ["two"]}'],
    ['wc', '{"file_name":"b.txt"}', '{"count": 2, "type": "lines"}'],
    ['wc', '{"file_name":"a.txt","mode":"c"}', '{"count": 7, "type": "characters"}'],
    ['diff', '{"file_name1":"a.txt","file_name2":"b.txt"}', '{"diff_lines": "- one two\\n+ two"}'],
    ['diff', '{"file_name1":".hid","file_name2":"b.txt"}', '{"diff_lines": ""}'],
    ['find', '{"name":"note"}', '{"matches": ["./2024/note.txt"]}'],
    ['find', '{"path":"2024"}', '{"matches": ["2024/note.txt"]}'],
    ['du', '{}', '{"disk_usage": "16 bytes"}'],
    ['du', '{"human_readable":true}', '{"disk_usage": "16.00 B"}'],
    ['echo', '{"content":"x"}', '{"terminal_output": "x"}'],
  ])('%s(%s) reads', (tool, input, expected) => {
    const { call, state } = opened(gorillaFileSystem, ROOT)
    const start = state()
    expect(call(tool, input)).toBe(expected)
    expect(state()).toBe(start)
  })

  it.each([
    ['cd', '{"folder":"a.txt"}'],
    ['cd', '{"folder":"2024/x"}'],
    ['cd', '{"folder":".."}'],
    ['cat', '{"file_name":"2024"}'],
    ['cat', '{"file_name":"toString"}'],
    ['mkdir', '{"dir_name":"2024"}'],
    ['touch', '{"file_name":"x/y"}'],
    ['echo', '{"content":"x","file_name":"2024"}'],
    ['cp', '{"source":"none","destination":"x"}'],
    ['cp', '{"source":"a.txt","destination":"b.txt"}'],
    ['mv', '{"source":"a.txt","destination":"2024/x"}'],
    ['mv', '{"source":"2024","destination":"2024"}'],
    ['rm', '{"file_name":"none"}'],
    ['rmdir', '{"dir_name":"2024"}'],
    ['wc', '{"file_name":"a.txt","mode":"x"}'],
    ['find', '{"path":"none"}'],
  ])('%s(%s) changes nothing', (tool, input) => {
    const { call, state } = opened(gorillaFileSystem, ROOT)
    const start = state()
    expect(call(tool, input)).toContain('error')
    expect(state()).toBe(start)
  })

  it('goes in and out, and a copy lives its own life', () => {
    const { call } = opened(gorillaFileSystem, ROOT)
    expect(call('cp', '{"source":"a.txt","destination":"2024"}')).toBe(
      '{"result": "\'a.txt\' copied to \'2024/a.txt\'"}',
    )
    expect(call('cd', '{"folder":"2024"}')).toBe('{"current_working_directory": "2024"}')
    expect(call('echo', '{"content":"new","file_name":"a.txt"}')).toBe('null')
    expect(call('cd', '{"folder":".."}')).toBe('{}')
    expect(call('cat', '{"file_name":"a.txt"}')).toContain('one two')
    expect(call('mv', '{"source":"2024","destination":"empty"}')).toContain("moved to 'empty/2024'")
    expect(call('find', '{"name":"2024"}')).toBe('{"matches": ["./empty/2024"]}')
    expect(call('mv', '{"source":"a.txt","destination":"c.txt"}')).toContain("moved to 'c.txt'")
    expect(call('rm', '{"file_name":"empty"}')).toContain('removed')
    expect(call('ls')).toBe('{"current_directory_content": ["b.txt", "c.txt"]}')
  })
})
