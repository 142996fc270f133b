import { isObject, propertiesOf } from './schemas.ts'
import { asArguments, type Trap } from './traps.ts'

/** Values that say less, or more, than the argument can take. */
export const valueTraps: readonly Trap[] = [
  {
    name: 'number of another unit',
    spring({ contract, call, random }) {
      const names = Object.entries(propertiesOf(contract)).flatMap(([name, schema]) =>
        isObject(schema) &&
        (schema.type === 'integer' || schema.type === 'number') &&
        typeof call.input[name] === 'number'
          ? [name]
          : [],
      )
      if (names.length === 0) return undefined
      const name = random.pick(names)
      const unit = random.pick([
        'furlongs',
        'fortnights',
        'stone',
        'million',
        'dozen',
        'k',
        ' to 7',
        ' or so',
        '/2',
        'e',
        '%%',
      ])
      return { emitted: asArguments(call.name, { ...call.input, [name]: `${call.input[name]} ${unit}` }) }
    },
  },
  {
    name: 'number with two readings',
    spring({ contract, call, random }) {
      const names = Object.entries(propertiesOf(contract)).flatMap(([name, schema]) =>
        isObject(schema) &&
        (schema.type === 'integer' || schema.type === 'number') &&
        typeof call.input[name] === 'number'
          ? [name]
          : [],
      )
      if (names.length === 0) return undefined
      const text = random.pick([
        '1,234',
        '1.234.5',
        '12345678901234567890',
        '0x1F',
        '007',
        '1/2',
        'ten',
        '3-4',
        '1e400',
        '٤٢',
        '12,34',
      ])
      return { emitted: asArguments(call.name, { ...call.input, [random.pick(names)]: text }) }
    },
  },
  {
    name: 'list as text',
    spring({ contract, call, random }) {
      const names = Object.keys(call.input).filter((name) => {
        const schema = propertiesOf(contract)[name]
        return (
          isObject(schema) &&
          schema.type === 'array' &&
          isObject(schema.items) &&
          schema.items.type === 'string'
        )
      })
      if (names.length === 0) return undefined
      return {
        emitted: asArguments(call.name, {
          ...call.input,
          [random.pick(names)]: random.pick(['a, b', 'a;b', 'Smith, John', 'x and y, z']),
        }),
      }
    },
  },
]
