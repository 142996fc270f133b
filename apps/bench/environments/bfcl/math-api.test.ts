import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { mathApi } from './math-api.ts'

describe('arithmetic', () => {
  const { call } = opened(mathApi)

  it.each([
    ['add', '{"a":0.1,"b":0.2}', '0.30000000000000004'],
    ['mean', '{"numbers":[227.16,2.552,227.11,227.09]}', '170.978'],
    ['standard_deviation', '{"numbers":[1.0,3.0]}', '1.0'],
    ['percentage', '{"part":1.0,"whole":8.0}', '12.5'],
    ['square_root', '{"number":2.0,"precision":4}', '1.414'],
    ['power', '{"base":2.0,"exponent":-1.0}', '0.5'],
    ['round_number', '{"number":2.5}', '2'],
    ['round_number', '{"number":2.675,"decimal_places":2}', '2.67'],
    ['si_unit_conversion', '{"value":3.0,"unit_in":"km","unit_out":"m"}', '3000.0'],
    ['si_unit_conversion', '{"value":3.0,"unit_in":"mmol","unit_out":"mol"}', '0.003'],
    ['imperial_si_conversion', '{"value":10.0,"unit_in":"inches","unit_out":"cm"}', '25.4'],
    ['imperial_si_conversion', '{"value":212.0,"unit_in":"fahrenheit","unit_out":"celsius"}', '100.0'],
  ])('%s(%s)', (tool, input, expected) => {
    expect(call(tool, input)).toBe(`{"result": ${expected}}`)
  })

  it.each([
    ['divide', '{"a":1.0,"b":0.0}'],
    ['percentage', '{"part":1.0,"whole":0.0}'],
    ['mean', '{"numbers":[]}'],
    ['square_root', '{"number":-1.0,"precision":4}'],
    ['power', '{"base":10.0,"exponent":400.0}'],
    ['si_unit_conversion', '{"value":3.0,"unit_in":"km","unit_out":"kg"}'],
    ['si_unit_conversion', '{"value":3.0,"unit_in":"constructorm","unit_out":"m"}'],
    ['imperial_si_conversion', '{"value":3.0,"unit_in":"feet","unit_out":"kg"}'],
    ['logarithm', '{"value":36.0,"base":6.0,"precision":4}'],
  ])('%s(%s) has no answer', (tool, input) => {
    expect(call(tool, input)).toContain('{"error": ')
  })
})
