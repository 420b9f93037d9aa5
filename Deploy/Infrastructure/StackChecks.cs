using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Infrastructure;

/// <summary>Limits of AWS that a model can go beyond, found before AWS finds them.</summary>
internal static class StackChecks
{
    private const int PoliciesPerRole = 10;

    // Inline policies of a role have 10,240 characters in all, and the ARN of a secret up to 200.
    private const int SecretsPerRole = 48;
    private const int NamesPerCertificate = 100;

    public static IEnumerable<Problem> OfTemplates(IEnumerable<StackTemplate> stacks) =>
        stacks.Where(stack => stack.Body.Length > TemplateJson.TemplateLimit)
            .Select(stack => StackProblems.TemplateTooLarge(stack.Name, stack.Body.Length, TemplateJson.TemplateLimit));

    public static IEnumerable<Problem> OfModel(DeploymentModel model)
    {
        foreach (var workload in model.Workloads)
        {
            if (workload.Role is { ManagedPolicies.Length: > PoliciesPerRole and var policies })
            {
                yield return StackProblems.TooManyPolicies(workload.Resource, policies, PoliciesPerRole);
            }

            if (workload.Secrets.Length > SecretsPerRole)
            {
                yield return StackProblems.TooManySecrets(workload.Resource, workload.Secrets.Length, SecretsPerRole);
            }
        }

        var hosts = EdgeStack.Hosts(model.Ingresses, model.Settings.Edge.Domain);
        if (EdgeStack.MakesCertificate(model) && hosts.Length > NamesPerCertificate)
        {
            yield return StackProblems.TooManyHosts(hosts.Length, NamesPerCertificate);
        }
    }
}
