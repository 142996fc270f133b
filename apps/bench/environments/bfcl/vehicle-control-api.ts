import { add, type Float, numberOf, type PyObject } from '../recorded/python-json.ts'
import { type ApiFactory, error, float, member, SEED, stateFrom, typed } from './api.ts'
import { pythonRandom } from './python-random.ts'

type Input = {
  mode: string
  temperature: Float
  unit?: string
  fanSpeed?: number
  option: string
  messages: string[]
  cityA: string
  cityB: string
  city: string
  distance: Float
  fuelAmount: Float
  gallon: Float
  liter: Float
  unlock: boolean
  door: string[]
  pedalPosition: Float
  speed: Float
  activate: boolean
  distanceToNextVehicle: Float
  destination: string
  ignitionMode: string
}
const TIRES = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'].map((place) => `${place}TirePressure`)
const TANK_GALLONS = 50
const MILES_PER_GALLON = 20
const ZIP_CODES: Readonly<Record<string, string>> = {
  'San Francisco': '94016',
  Rivermist: '83214',
  Stonebrook: '74532',
  Silverpine: '62947',
  Oakendale: '47329',
}
/** Kilometres between two zip codes, in either direction. */
const DISTANCES: readonly [string, string, number][] = [
  ['94016', '83214', 980],
  ['83214', '74532', 750],
  ['62947', '47329', 1053],
]
const DEFAULTS: PyObject = {
  fuelLevel: float(0),
  batteryVoltage: float(12.6),
  engineState: 'stopped',
  doorStatus: { driver: 'unlocked', passenger: 'unlocked', rear_left: 'unlocked', rear_right: 'unlocked' },
  acTemperature: float(25),
  fanSpeed: 50,
  acMode: 'auto',
  humidityLevel: float(50),
  headLightStatus: 'off',
  parkingBrakeStatus: 'released',
  parkingBrakeForce: float(0),
  slopeAngle: float(0),
  brakePedalStatus: 'released',
  brakePedalForce: float(0),
  cruiseStatus: 'inactive',
  currentSpeed: float(0),
  distanceToNextVehicle: float(50),
  destination: 'None',
  ...Object.fromEntries(TIRES.map((tire) => [tire, float(32)])),
}

/** A car with everything that can be switched in it. */
export const vehicleControlApi: ApiFactory = (config) => {
  const state = stateFrom<PyObject>(DEFAULTS, config)
  const random = pythonRandom(SEED)
  const doors = state.doorStatus as Record<string, string>
  const unlocked = () => Object.values(doors).filter((status) => status === 'unlocked').length
  const set = (changes: PyObject) => Object.assign(state, changes)
  const pick = (...names: string[]): PyObject =>
    Object.fromEntries(names.map((name) => [name, state[name] ?? null]))
  const climate = (): PyObject => ({
    currentACTemperature: state.acTemperature ?? null,
    ...pick('fanSpeed'),
    climateMode: state.acMode ?? null,
    ...pick('humidityLevel'),
  })
  const outside = () => ({ outsideTemperature: float(random.uniform(-10, 40)) })
  const brake = (position: number) => {
    const brakePedalStatus = position > 0 ? 'pressed' : 'released'
    set({ brakePedalStatus, brakePedalForce: float(1000 * position) })
    return pick('brakePedalStatus', 'brakePedalForce')
  }
  const tools = typed<Input>({
    startEngine({ ignitionMode }) {
      if (ignitionMode === 'STOP') set({ engineState: 'stopped' })
      else if (ignitionMode !== 'START') return error('Invalid ignition mode. Use START or STOP.')
      else if (state.engineState === 'running') return error('Engine is already running.')
      else if (unlocked() > 0) return error('All doors must be locked before starting the engine.')
      else if (numberOf(state.brakePedalForce) < 1000)
        return error('Brake pedal must be fully pressed before starting the engine.')
      else if (numberOf(state.fuelLevel) <= 0) return error('Fuel tank is empty.')
      else set({ engineState: 'running' })
      return pick('engineState', 'fuelLevel', 'batteryVoltage')
    },
    fillFuelTank({ fuelAmount }) {
      if (fuelAmount.value <= 0) return error('Fuel amount must be positive.')
      if (numberOf(state.fuelLevel) + fuelAmount.value > TANK_GALLONS)
        return error(`Cannot fill above the capacity of ${TANK_GALLONS} gallons.`)
      set({ fuelLevel: add(state.fuelLevel ?? 0, fuelAmount) })
      return pick('fuelLevel')
    },
    lockDoors({ unlock, door }) {
      const unknown = door.filter((name) => !Object.hasOwn(doors, name))
      if (unknown.length > 0) return error(`Unknown doors: ${unknown.join(', ')}`)
      const lockStatus = unlock ? 'unlocked' : 'locked'
      for (const name of door) doors[name] = lockStatus
      set({ remainingUnlockedDoors: unlocked() })
      return { lockStatus, ...pick('remainingUnlockedDoors') }
    },
    adjustClimateControl({ temperature, unit = 'celsius', fanSpeed = 50, mode = 'auto' }) {
      if (fanSpeed < 0 || fanSpeed > 100) return error('Fan speed must be between 0 and 100.')
      const celsius = unit === 'fahrenheit' ? float(((temperature.value - 32) * 5) / 9) : temperature
      set({ acTemperature: celsius, fanSpeed, acMode: mode })
      return { currentTemperature: celsius, climateMode: mode, ...pick('humidityLevel') }
    },
    get_outside_temperature_from_google: outside,
    get_outside_temperature_from_weather_com: outside,
    setHeadlights({ mode }) {
      if (!['on', 'off', 'auto'].includes(mode)) return error('Invalid headlight mode. Use on, off or auto.')
      // By itself the light is on: nothing here says that it is day.
      set({ headLightStatus: mode === 'off' ? 'off' : 'on' })
      return { headlightStatus: state.headLightStatus ?? null }
    },
    displayCarStatus({ option }) {
      const shown: Record<string, () => PyObject> = {
        fuel: () => pick('fuelLevel'),
        battery: () => pick('batteryVoltage'),
        doors: () => pick('doorStatus'),
        climate,
        headlights: () => ({ headlightStatus: state.headLightStatus ?? null }),
        parkingBrake: () => pick('parkingBrakeStatus', 'parkingBrakeForce', 'slopeAngle'),
        brakePedal: () => pick('brakePedalStatus', 'brakePedalForce'),
        engine: () => pick('engineState'),
      }
      return member(shown, option)?.() ?? error(`Invalid option: ${option}`)
    },
    activateParkingBrake({ mode }) {
      if (mode !== 'engage' && mode !== 'release') return error('Invalid mode. Use engage or release.')
      const isEngaged = mode === 'engage'
      set({
        parkingBrakeStatus: isEngaged ? 'engaged' : 'released',
        parkingBrakeForce: float(isEngaged ? 500 : 0),
        slopeAngle: float(10),
      })
      const { parkingBrakeStatus, parkingBrakeForce, slopeAngle } = state as Record<string, Float>
      return {
        parkingBrakeStatus,
        _parkingBrakeForce: parkingBrakeForce,
        _slopeAngle: slopeAngle,
      } as PyObject
    },
    pressBrakePedal: ({ pedalPosition: { value } }) =>
      value < 0 || value > 1 ? error('Pedal position must be between 0 and 1.') : brake(value),
    releaseBrakePedal: () => brake(0),
    setCruiseControl({ speed, activate, distanceToNextVehicle }) {
      if (state.engineState !== 'running')
        return error('Start the engine before activating the cruise control.')
      if (speed.value < 0 || speed.value > 120 || speed.value % 5 !== 0)
        return error('Speed must be between 0 and 120 and a multiple of 5.')
      const currentSpeed = activate ? speed : (state.currentSpeed ?? null)
      set({ cruiseStatus: activate ? 'active' : 'inactive', currentSpeed, distanceToNextVehicle })
      return pick('cruiseStatus', 'currentSpeed', 'distanceToNextVehicle')
    },
    get_current_speed: () => pick('currentSpeed'),
    display_log: ({ messages }) => ({ log: messages }),
    estimate_drive_feasibility_by_mileage: ({ distance }) => ({
      canDrive: distance.value <= numberOf(state.fuelLevel) * MILES_PER_GALLON,
    }),
    liter_to_gallon: ({ liter }) => ({ gallon: float(liter.value * 0.264172) }),
    gallon_to_liter: ({ gallon }) => ({ liter: float(gallon.value * 3.78541) }),
    estimate_distance({ cityA, cityB }) {
      const known = DISTANCES.find((pair) => pair.includes(cityA) && pair.includes(cityB) && cityA !== cityB)
      return known
        ? { distance: float(known[2]) }
        : error(`No distance is known between ${cityA} and ${cityB}.`)
    },
    get_zipcode_based_on_city({ city }) {
      const zipcode = member(ZIP_CODES, city)
      return zipcode === undefined ? error(`No zipcode is known for ${city}.`) : { zipcode }
    },
    set_navigation({ destination }) {
      set({ destination })
      return { status: `Navigating to ${destination}` }
    },
    check_tire_pressure() {
      const healthy_tire_pressure = TIRES.every((tire) => {
        const pressure = numberOf(state[tire])
        return pressure >= 30 && pressure <= 35
      })
      return { ...pick(...TIRES), healthy_tire_pressure, car_info: {} }
    },
    find_nearest_tire_shop: () => ({ shopLocation: '456 Oakwood Avenue, Rivermist, 83214' }),
  })
  return { state, tools }
}
