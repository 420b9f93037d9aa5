using System.Collections.Immutable;

namespace Platform.Deploy.Rendering;

/// <summary>A page in the output that says what is what, for whoever opens the folder without having made it.</summary>
internal static class ReadmeFile
{
    public static Artifact Of(ImmutableArray<EnvironmentRendering> environments)
    {
        var names = environments.Select(environment => environment.Name).ToList();
        var first = environments[0];
        return Artifact.OfText("README.md", $$"""
            # {{first.Model.Names.Application}}: {{string.Join(", ", names)}}

            Written by `platform render`; the next run replaces this folder. Change the application or its settings, not these files.

            | Here | What |
            |---|---|
            | `coverage.md`, `coverage.json` | what each resource of the application becomes, and why |
            | `infrastructure/ENVIRONMENT/` | CloudFormation templates and stack policies; `stacks.json` has the order, parameters and capabilities |
            | `kubernetes/ENVIRONMENT/cluster/` | objects of the cluster and the namespace, applied once and before all others |
            | `kubernetes/ENVIRONMENT/` | objects of the application, complete |
            | `kustomize/overlays/ENVIRONMENT/` | the same objects as a kustomize overlay of `kustomize/base/` |
            | `argocd/ENVIRONMENT.yaml` | Argo CD's `Application`, which follows the overlay in a git repository |
            | `compose.yaml` | the application for `docker compose` on one machine |
            | `late-values.json` | values that only a deployed stack has, and the objects that they stand in |
            | `plan-inputs.json` | the bound model, for machines and for comparing two commits |

            ## What still has to be filled in

            * `${STACK.OUTPUT}` is an output of that stack. `late-values.json` lists all of them.
            * The digest `sha256:000…` stands for an image that is not built yet. In an overlay: `kustomize edit set image NAME=REPOSITORY@sha256:DIGEST`.
            * No value of a secret is in these files. Secrets are in AWS Secrets Manager, by the names in `plan-inputs.json`.

            ## By hand

            ```sh
            kubectl apply --server-side -f kubernetes/{{first.Name}}/cluster
            kubectl apply --server-side -k {{KustomizeFiles.Overlay(first.Name)}}
            platform images build --environment {{first.Name}} --load    # the images of .NET projects, for the engine of this machine
            docker compose --project-directory FOLDER_OF_THE_MANIFEST -f compose.yaml up
            ```

            kubectl 1.27 or newer. The name of a Job ends with a hash of its pod, as that cannot change: a change is another Job. A digest that is filled in
            here is not in the hash: delete the old Job before.

            """);
    }
}
