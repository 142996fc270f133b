import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { vehicleControlApi } from './vehicle-control-api.ts'

const ALL = '["driver","passenger","rear_left","rear_right"]'
const START = '{"ignitionMode":"START"}'

describe('the engine', () => {
  it('starts when doors are locked, the brake is pressed and there is fuel', () => {
    const { call } = opened(vehicleControlApi, '{"fuelLevel":10.0}')
    expect(call('startEngine', START)).toContain('doors')
    expect(call('lockDoors', `{"unlock":false,"door":${ALL}}`)).toBe(
      '{"lockStatus": "locked", "remainingUnlockedDoors": 0}',
    )
    call('pressBrakePedal', '{"pedalPosition":0.5}')
    expect(call('startEngine', START)).toContain('Brake')
    expect(call('pressBrakePedal', '{"pedalPosition":1.0}')).toContain('"brakePedalForce": 1000.0')
    expect(call('setCruiseControl', '{"speed":60.0,"activate":true,"distanceToNextVehicle":10.0}')).toContain(
      'error',
    )
    expect(call('startEngine', START)).toBe(
      '{"engineState": "running", "fuelLevel": 10.0, "batteryVoltage": 12.6}',
    )
    expect(call('startEngine', START)).toContain('already')
    expect(call('setCruiseControl', '{"speed":61.0,"activate":true,"distanceToNextVehicle":10.0}')).toContain(
      'error',
    )
    expect(call('setCruiseControl', '{"speed":60.0,"activate":true,"distanceToNextVehicle":10.0}')).toContain(
      'active',
    )
    expect(call('get_current_speed')).toBe('{"currentSpeed": 60.0}')
    expect(call('startEngine', '{"ignitionMode":"STOP"}')).toContain('stopped')
    expect(call('startEngine', '{"ignitionMode":"PUSH"}')).toContain('error')
  })

  it('does not start without fuel', () => {
    const { call } = opened(vehicleControlApi)
    call('lockDoors', `{"unlock":false,"door":${ALL}}`)
    call('pressBrakePedal', '{"pedalPosition":1.0}')
    expect(call('startEngine', START)).toContain('empty')
    expect(call('releaseBrakePedal')).toBe('{"brakePedalStatus": "released", "brakePedalForce": 0.0}')
  })
})

describe('the car', () => {
  it.each([
    ['fillFuelTank', '{"fuelAmount":50.1}'],
    ['fillFuelTank', '{"fuelAmount":-1.0}'],
    ['pressBrakePedal', '{"pedalPosition":1.1}'],
    ['lockDoors', '{"unlock":true,"door":["trunk"]}'],
    ['adjustClimateControl', '{"temperature":20.0,"fanSpeed":101}'],
    ['setHeadlights', '{"mode":"dim"}'],
    ['activateParkingBrake', '{"mode":"hold"}'],
    ['displayCarStatus', '{"option":"toString"}'],
    ['estimate_distance', '{"cityA":"94016","cityB":"94016"}'],
    ['get_zipcode_based_on_city', '{"city":"Atlantis"}'],
  ])('%s(%s) changes nothing', (tool, input) => {
    const { call, state } = opened(vehicleControlApi)
    const start = state()
    expect(call(tool, input)).toContain('error')
    expect(state()).toBe(start)
  })

  it.each([
    ['estimate_distance', '{"cityA":"83214","cityB":"94016"}', '{"distance": 980.0}'],
    ['estimate_drive_feasibility_by_mileage', '{"distance":0.1}', '{"canDrive": false}'],
    ['gallon_to_liter', '{"gallon":30.0}', '{"liter": 113.56230000000001}'],
    ['setHeadlights', '{"mode":"auto"}', '{"headlightStatus": "on"}'],
    [
      'lockDoors',
      '{"unlock":false,"door":["driver"]}',
      '{"lockStatus": "locked", "remainingUnlockedDoors": 3}',
    ],
    ['adjustClimateControl', '{"temperature":68.0,"unit":"fahrenheit"}', '"currentTemperature": 20.0'],
    ['displayCarStatus', '{"option":"parkingBrake"}', '"parkingBrakeStatus": "released"'],
    ['get_outside_temperature_from_google', '{}', 'outsideTemperature'],
  ])('%s(%s)', (tool, input, expected) => {
    expect(opened(vehicleControlApi).call(tool, input)).toContain(expected)
  })

  it.each([
    ['32.0', '30.0', true],
    ['35.0', '32.0', true],
    ['30.0', '28.0', false],
    ['36.0', '32.0', false],
  ])('tires of %s and %s are healthy: %s', (front, rear, healthy) => {
    const { call } = opened(
      vehicleControlApi,
      `{"frontLeftTirePressure":${front},"rearLeftTirePressure":${rear}}`,
    )
    expect(call('check_tire_pressure')).toContain(`"healthy_tire_pressure": ${healthy}`)
  })
})
