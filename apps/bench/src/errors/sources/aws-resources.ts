import { provocations, type Source } from '../provocation.ts'
import { ENVIRONMENT, pythonSession } from '../python-session.ts'
import type { Vary } from '../vary.ts'
import { AWS } from './aws-data.ts'

const PRELUDE = `${AWS}
ec2 = client("ec2")
vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
group = ec2.create_security_group(GroupName="web", Description="a", VpcId=vpc)["GroupId"]
port = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[port])
image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
machine = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
volume = ec2.describe_volumes()["Volumes"][0]["VolumeId"]
ec2.modify_instance_attribute(InstanceId=machine, DisableApiTermination={"Value": True})
iam = client("iam")
iam.create_user(UserName="ada")
iam.put_user_policy(UserName="ada", PolicyName="own",
    PolicyDocument='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}')
key = iam.create_access_key(UserName="ada")["AccessKey"]
client("logs").create_log_group(logGroupName="/shop")
freely = act
checked = moto.core.set_initial_no_auth_action_count(0)(act)
callers = {
    "ada": {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]},
    "wrong-secret": {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": "b"},
    "unknown-key": {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "b"},
}
def act(service, operation, parameters={}, profile=None):
    if operation == "ids":
        return {"vpc": vpc, "group": group, "machine": machine, "volume": volume, "image": image}
    if profile is None:
        return freely(service, operation, parameters)
    checked(service, operation, parameters, **callers[profile])
`

/** Amazon's machines, networks and users: EC2, IAM, Lambda, ECS, RDS, Route 53 and logs. */
export const awsResources: Source = {
  tool: 'aws-resources',
  languages: ['en'],
  async open({ dir }) {
    const python = await pythonSession(dir, { modules: 'boto3, moto', prelude: PRELUDE, python: ENVIRONMENT })
    const { result } = await python.provoke({ service: 'ec2', operation: 'ids' })
    const { vpc, group, machine, volume, image } = result.value as Record<string, string>
    const at = (service: string) => (operation: string, parameters: object, profile?: string) => ({
      service,
      operation,
      parameters: parameters as Record<string, string>,
      ...(profile === undefined ? {} : { profile }),
    })
    const [ec2, iam, lambda, logs, ecs] = [at('ec2'), at('iam'), at('lambda'), at('logs'), at('ecs')]
    const hex = (v: Vary) => `${v.integer(10_000_000, 99_999_999)}`
    const subnet = (v: Vary, block: string) =>
      ec2('create_subnet', { VpcId: vpc, CidrBlock: block.replace('N', `${v.integer(2, 200)}`) })
    return {
      close: python.close,
      provocations: provocations(python.provoke, [
        ['instance', 'state.not_found', (v) => ec2('describe_instances', { InstanceIds: [`i-${hex(v)}`] })],
        [
          'no-count',
          'contract.missing_param',
          (v) => ec2('run_instances', { ImageId: image, MaxCount: v.integer(2, 9) }),
        ],
        ['not-list', 'contract.type', (v) => ec2('start_instances', { InstanceIds: `i-${hex(v)}` })],
        ['protected', 'state.precondition', () => ec2('terminate_instances', { InstanceIds: [machine] })],
        [
          'group-exists',
          'state.conflict',
          (v) => ec2('create_security_group', { GroupName: 'web', Description: v.phrase(), VpcId: vpc }),
        ],
        [
          'rule-exists',
          'state.conflict',
          () =>
            ec2('authorize_security_group_ingress', {
              GroupId: group,
              IpPermissions: [
                { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
              ],
            }),
        ],
        ['volume-used', 'state.precondition', () => ec2('delete_volume', { VolumeId: volume })],
        ['subnet-range', 'contract.value', (v) => subnet(v, '10.N.0.0/24')],
        ['subnet-taken', 'state.conflict', (v) => subnet(v, '172.31.0.0/24')],
        ['block', 'contract.value', (v) => ec2('create_vpc', { CidrBlock: `10.0.0.0-${v.integer(2, 99)}` })],
        ['user', 'state.not_found', (v) => iam('get_user', { UserName: v.name() })],
        ['user-exists', 'state.conflict', () => iam('create_user', { UserName: 'ada' })],
        ['user-used', 'state.precondition', () => iam('delete_user', { UserName: 'ada' })],
        [
          'policy',
          'contract.value',
          (v) => iam('create_policy', { PolicyName: v.word(), PolicyDocument: `{${v.word()}}` }),
        ],
        ['not-allowed', 'auth.denied', () => iam('list_users', {}, 'ada')],
        ['wrong-secret', 'auth.denied', () => iam('list_users', {}, 'wrong-secret')],
        ['unknown-access-key', 'auth.denied', () => iam('list_users', {}, 'unknown-key')],
        ['function', 'state.not_found', (v) => lambda('get_function', { FunctionName: v.name() })],
        [
          'log-group',
          'state.not_found',
          (v) => logs('get_log_events', { logGroupName: `/${v.word()}`, logStreamName: 'a' }),
        ],
        ['cluster', 'state.not_found', (v) => ecs('list_services', { cluster: v.name() })],
        [
          'database',
          'state.not_found',
          (v) => at('rds')('describe_db_instances', { DBInstanceIdentifier: v.word() }),
        ],
        ['zone', 'state.not_found', (v) => at('route53')('get_hosted_zone', { Id: v.word().toUpperCase() })],
        ['service', 'contract.value', (v) => at(`${v.word()}-store`)('list', {})],
      ]),
    }
  },
}
