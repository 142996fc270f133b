import { describe, expect, it } from 'vitest'
import { readText } from './text-category.ts'

// Words of argument parsers, validators, databases, clouds and command lines as their sources and manuals print them:
// commander, yargs, clap, cobra, kubectl, Docker, marshmallow, class-validator, superstruct, Mongoose, Elasticsearch, Stripe,
// Notion, pip, Cargo, systemd, FFmpeg, make and tar.
describe('heads and nouns match', () => {
  it.each([
    ['exec.rate_limited', 'Too many API requests, slow down'],
    ['auth.denied', 'Too many incorrect password attempts'],
    ['auth.denied', 'No credentials provided'],
    ['auth.denied', 'No authorization header was provided'],
    ['exec.unavailable', 'server certificate verification failed. CAfile: none CRLfile: none'],
    ['contract.type', 'RuntimeError: function signature mismatch'],
    ['contract.missing_param', "error: missing required argument 'file'"],
    ['contract.missing_param', "error: required option '-p, --port <number>' not specified"],
    ['exec.dependency', "error: unknown option '--colour'"],
    ['exec.dependency', "error: unknown command 'strat'"],
    ['contract.missing_param', 'Missing required argument: name'],
    ['contract.missing_param', 'Not enough non-option arguments: got 0, need at least 1'],
    ['contract.misnamed_param', 'Unknown argument: colour'],
    [
      'contract.value',
      'Invalid values:\n  Argument: size, Given: "huge", Choices: "small", "medium", "large"',
    ],
    ['exec.dependency', "error: unexpected argument '--colour' found"],
    ['contract.missing_param', 'error: the following required arguments were not provided:\n  <PATTERN>'],
    ['contract.value', "error: invalid value 'huge' for '--size <SIZE>'\n  [possible values: small, medium]"],
    ['exec.dependency', "error: unrecognized subcommand 'strat'"],
    ['exec.dependency', 'Error: unknown command "strat" for "kubectl"'],
    ['exec.dependency', 'Error: unknown flag: --colour'],
    ['contract.missing_param', 'Error: required flag(s) "name" not set'],
    [
      'contract.value',
      'Error: invalid argument "abc" for "--replicas" flag: strconv.ParseInt: parsing "abc": invalid syntax',
    ],
    ['state.not_found', 'Error from server (NotFound): pods "web" not found'],
    [
      'auth.denied',
      'Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    ['state.conflict', 'Error from server (AlreadyExists): deployments.apps "web" already exists'],
    ['contract.value', 'error: the server doesn\'t have a resource type "pdos"'],
    [
      'contract.type',
      '1 validation error for User\nage\n  value is not a valid integer (type=type_error.integer)',
    ],
    ['contract.missing_param', "{'name': ['Missing data for required field.']}"],
    ['contract.misnamed_param', "{'nmae': ['Unknown field.']}"],
    ['contract.type', "{'age': ['Not a valid integer.']}"],
    ['contract.value', "{'role': ['Must be one of: admin, user.']}"],
    ['contract.value', 'email must be an email'],
    ['contract.type', 'age must be a number conforming to the specified constraints'],
    ['contract.misnamed_param', 'property nmae should not exist'],
    ['contract.value', 'name must be longer than or equal to 3 characters'],
    ['contract.type', 'At path: age -- Expected a number, but received: "x"'],
    ['contract.missing_param', 'At path: name -- Expected a string, but received: undefined'],
    ['contract.misnamed_param', 'At path: nmae -- Expected a value of type `never`, but received: `"x"`'],
    ['contract.type', 'Expected number'],
    ['contract.misnamed_param', 'data must NOT have additional properties'],
    ['contract.value', 'data/role must be equal to one of the allowed values'],
    ['contract.type', 'data/age should be number'],
    ['contract.value', 'data/email must match format "email"'],
    ['contract.missing_param', 'User validation failed: name: Path `name` is required.'],
    ['contract.value', 'User validation failed: role: `x` is not a valid enum value for path `role`.'],
    [
      'contract.value',
      'User validation failed: age: Path `age` (-3) is less than minimum allowed value (0).',
    ],
    ['state.not_found', 'index_not_found_exception: no such index [orders]'],
    [
      'state.conflict',
      'version_conflict_engine_exception: [1]: version conflict, document already exists (current version [1])',
    ],
    ['state.conflict', 'resource_already_exists_exception: index [orders/abc] already exists'],
    ['state.not_found', "No such customer: 'cus_123'"],
    ['contract.missing_param', 'Missing required param: amount.'],
    ['contract.misnamed_param', 'Received unknown parameter: amout'],
    ['contract.value', 'Invalid integer: abc'],
    [
      'contract.value',
      'body failed validation: body.parent.page_id should be a valid uuid, instead was `"x"`.',
    ],
    [
      'contract.missing_param',
      'body failed validation: body.parent should be defined, instead was `undefined`.',
    ],
    [
      'state.not_found',
      'Could not find page with ID: abc. Make sure the relevant pages and databases are shared with your integration.',
    ],
    ['contract.misnamed_param', 'Nmae is not a property that exists.'],
    ['exec.dependency', 'ERROR: No matching distribution found for foo-bar-baz'],
    [
      'exec.dependency',
      'ERROR: Could not find a version that satisfies the requirement foo (from versions: none)',
    ],
    [
      'state.not_found',
      "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
    ],
    ['contract.value', "ERROR: Invalid requirement: 'foo==='"],
    ['state.not_found', 'error: could not find `Cargo.toml` in `/tmp/x` or any parent directory'],
    ['exec.dependency', 'error: no such command: `biuld`'],
    ['state.not_found', 'error: no bin target named `web`'],
    ['exec.dependency', 'error[E0432]: unresolved import `foo`\n --> src/main.rs:1:5'],
    ['state.not_found', 'Unit foo.service could not be found.'],
    ['state.not_found', 'Failed to start foo.service: Unit foo.service not found.'],
    ['auth.denied', 'Failed to restart nginx.service: Access denied'],
    ['exec.unavailable', "System has not been booted with systemd as init system (PID 1). Can't operate."],
    ['state.not_found', 'a.mp4: No such file or directory'],
    ['exec.dependency', "Unrecognized option 'colour'."],
    ['contract.value', 'a.mp4: Invalid data found when processing input'],
    ['contract.value', "Unknown encoder 'libx266'"],
    ['state.not_found', "make: *** No rule to make target 'all'.  Stop."],
    ['contract.value', 'Makefile:3: *** missing separator.  Stop.'],
    [
      'state.not_found',
      'tar: a.tgz: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now',
    ],
    ['contract.value', 'gzip: stdin: not in gzip format\ntar: Child returned status 1'],
    [
      'contract.missing_param',
      "tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
    ],
    ['state.not_found', 'tar: foo: Not found in archive'],
    [
      'contract.value',
      'End-of-central-directory signature not found.  Either this file is not a zipfile, or it constitutes one disk of a multi-part archive.',
    ],
    ['state.not_found', 'unzip:  cannot find or open a.zip, a.zip.zip or a.zip.ZIP.'],
    ['state.not_found', 'caution: filename not matched:  foo.txt'],
    // What passes by itself is nothing wrong with the call, whatever words of number and measure it is said in.
    ['exec.rate_limited', 'Please wait at least 5 seconds before trying again'],
    ['exec.rate_limited', 'at most 5 requests per second'],
    ['exec.rate_limited', 'FATAL: sorry, too many clients already'],
    ['exec.unavailable', 'The server is at its maximum capacity'],
    ['exec.unavailable', 'Bad response from server'],
    ['exec.unavailable', 'Free disk space is less than 1 GB'],
    ['exec.unavailable', 'All attempts to contact host failed'],
  ])('%s: %s', (category, message) => {
    expect(readText(message).saying?.category).toBe(category)
  })
})

describe('heads and nouns do not match', () => {
  it.each([
    ['contract.misnamed_param', "Command 'python3' is not allowed"],
    ['contract.misnamed_param', 'unrecognized configuration parameter "work_mem_x"'],
    ['contract.type', 'Expected string length greater than 3'],
    ['contract.type', 'value must be a string without null bytes'],
    ['contract.value', '(non-zero exit, no output)'],
    ['contract.value', 'too many requests'],
    ['exec.rate_limited', 'speed must be at most 120 km per hour'],
    ['contract.missing_param', 'unknown error occurred (undefined)'],
    ['contract.value', 'no such function: total_of'],
    ['contract.missing_param', 'No function matches the given name and argument types'],
    ['exec.dependency', 'cannot execute DELETE in a read-only transaction'],
    ['exec.dependency', "Failed to execute 'querySelector' on 'Document': 'a[' is not a valid selector."],
    ['state.not_found', 'no such instruction: `mov2 %eax`'],
    ['auth.denied', 'the session ended before the transfer was complete'],
    [undefined, 'the total is 12 and the order was sent'],
  ])('%s: %s', (category, message) => {
    if (category) expect(readText(message).saying?.category).not.toBe(category)
    else expect(readText(message).saying?.category).toBeUndefined()
  })
})
