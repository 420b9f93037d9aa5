using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Security;

/// <summary>One row of a security benchmark.</summary>
/// <param name="Ids">As the benchmark, or several that ask for the same, call it: <c>C-0013</c>, <c>KSV-0014</c>, <c>CIS-EKS-4.1.5</c>.</param>
/// <param name="Check">What it finds in the output for a model.</param>
internal sealed record SecurityRule(string[] Ids, Func<DeploymentModel, IEnumerable<SecurityFinding>> Check);

/// <param name="Resource">Such as <c>Deployment/web</c>, or <c>cluster/Cluster</c> in a template.</param>
internal sealed record SecurityFinding(string Resource, string What);
