import { member } from './api.ts'

/** Airports by their city, in the order in which they are listed. */
export const AIRPORTS: Readonly<Record<string, string>> = {
  Rivermist: 'RMS',
  Stonebrook: 'SBK',
  Maplecrest: 'MPC',
  Silverpine: 'SVP',
  Shadowridge: 'SHD',
  Paris: 'CDG',
  London: 'LHR',
  'Sunset Valley': 'SSV',
  Oakendale: 'OKD',
  Willowbend: 'WLB',
  Beijing: 'PEK',
  Tokyo: 'HND',
  'Hong Kong': 'HKG',
  Rome: 'CIA',
  'Crescent Hollow': 'CRH',
  Autumnville: 'ATV',
  Pinehaven: 'PHV',
  Greenfield: 'GFD',
  'San Francisco': 'SFO',
  'Los Angeles': 'LAX',
  'New York': 'JFK',
  Chicago: 'ORD',
  Boston: 'BOS',
}

/** US dollars in economy on a cheap day; the way back has a price of its own. Other routes are not flown. */
const FARES: Readonly<Record<string, number>> = {
  'RMS-SBK': 220,
  'RMS-JFK': 210,
  'RMS-LAX': 330,
  'RMS-BOS': 200,
  'SFO-ORD': 400,
  'SFO-LAX': 200,
  'SFO-CIA': 700,
  'SFO-BOS': 450,
  'ORD-LAX': 180,
  'ORD-SVP': 380,
  'JFK-LAX': 570,
  'LAX-JFK': 600,
  'CRH-RMS': 280,
  'LHR-CDG': 100,
  'OKD-LAX': 220,
}
const CLASS_FACTORS: Readonly<Record<string, number>> = { economy: 1, business: 2, first: 5 }

/** What a flight costs, or why there is none. */
export function fare(from: string, to: string, date: string, travelClass: string): number | string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return 'Invalid date format. Use YYYY-MM-DD.'
  const factor = member(CLASS_FACTORS, travelClass)
  if (factor === undefined) return 'Invalid travel class. Options are: economy, business, first.'
  const base = member(FARES, `${from}-${to}`)
  if (base === undefined) return `No available route from ${from} to ${to}.`
  const digits = [...date].reduce((sum, char) => sum + (Number(char) || 0), 0)
  return base * factor * (digits % 2 === 0 ? 2 : 1)
}
