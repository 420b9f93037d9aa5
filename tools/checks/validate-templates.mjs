// Validates the CloudFormation templates of a folder with AWS's own offline validator and the rules of policy.guard and policy.rego.
//   node validate-templates.mjs FOLDER REGION
// Every *.template.json below FOLDER is checked; beside it *.parameters.json may hold the values that are passed. Prints a line a finding,
// exits 1 where there is one. One process for all of them, as building the engine takes seconds.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import validator from '@aws/cloudformation-validate';

// Warnings count as findings, but for these.
const allowed = new Map([
  ['W9002', 'names are fixed where the tool, IAM policies or create-only properties refer to them'],
  ['W9013', 'ARNs with an account in them are those that the settings name'],
  ['W9010', 'AMI ids are parameters of the type of SSM parameters'],
]);

const [folder, region] = process.argv.slice(2);
if (folder === undefined || region === undefined) {
  console.error('usage: node validate-templates.mjs FOLDER REGION');
  process.exit(2);
}

// The other engine, CelEngine, takes Guard rules and never reports them (1.9.0-beta).
const rules = (name) => [new validator.RuleFile(fileURLToPath(new URL(name, import.meta.url)))];
const engine = new validator.RegoEngine({ guardRules: rules('policy.guard'), customRules: rules('policy.rego') });
const templates = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.template.json'))
  .sort();
let findings = 0;
for (const name of templates) {
  const path = join(folder, name);
  const parameters = path.replace(/\.template\.json$/, '.parameters.json');
  const report = engine.validateStandard(new validator.TemplateFile(path), {
    severityLevel: 'WARN',
    exclude: { ids: [...allowed.keys()] },
    pseudoParameterOverrides: { region, accountId: '123456789012', partition: 'aws' },
    parameterOverrides: existsSync(parameters) ? JSON.parse(readFileSync(parameters, 'utf8')) : {},
  });
  if (report.status !== 'OK') {
    findings++;
    console.log(`${relative(folder, path)}: the analysis ended with ${report.status}`);
  }

  for (const { ruleId, severity, message, entity, propertyPath, startLine } of report.diagnostics) {
    findings++;
    const place = [entity?.logicalId ?? entity?.name, propertyPath].filter((part) => part !== undefined).join(' ');
    console.log(`${relative(folder, path)}:${startLine ?? 1}: ${ruleId} ${severity} ${place}: ${message}`);
  }
}

console.log(`${templates.length} templates, ${findings} findings`);
process.exit(findings === 0 && templates.length > 0 ? 0 : 1);
