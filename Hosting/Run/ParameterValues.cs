using System.Collections.Immutable;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Prompts;

namespace Platform.Hosting.Run;

/// <summary>Gives parameters their values, and asks for those that nobody gave.</summary>
/// <param name="run">The run.</param>
/// <param name="prompts">Where people are asked; null where nobody can be.</param>
internal sealed class ParameterValues(RunContext run, PromptBoard? prompts)
{
    // No parameter can have this name.
    private const string Remember = "?remember";
    private ImmutableArray<ParameterResource> _missing = [];

    /// <summary>Reads what there is.</summary>
    /// <exception cref="DistributedApplicationException">Values are missing and nobody can be asked: all of them are named.</exception>
    public void Resolve()
    {
        var missing = ImmutableArray.CreateBuilder<ParameterResource>();
        foreach (var parameter in run.Model.Resources.OfType<ParameterResource>())
        {
            if (parameter.TryRead(out var value))
            {
                Give(parameter, value);
            }
            else
            {
                missing.Add(parameter);
                _ = run.Notifications.PublishUpdateAsync(parameter, state => state with
                {
                    State = new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn),
                });
            }
        }

        _missing = missing.ToImmutable();
        if (!_missing.IsEmpty && prompts is null)
        {
            throw new DistributedApplicationException(_missing.Select(parameter => parameter.MissingValue()));
        }
    }

    /// <summary>Asks in the dashboard and on the terminal; resources that need a value wait for it.</summary>
    public async Task AskForMissingAsync(CancellationToken cancellationToken)
    {
        if (_missing.IsEmpty || prompts is null)
        {
            return;
        }

        var secrets = UserSecretsFile.Of(run.Settings.Project.Assembly);
        var answer = await prompts.AskAsync(Question(canRemember: secrets is not null), cancellationToken);
        foreach (var parameter in _missing)
        {
            Give(parameter, answer[parameter.Name]);
            if (answer.GetValueOrDefault(Remember) == "true")
            {
                secrets?.Set(parameter.ConfigurationKey, answer[parameter.Name]);
            }
        }
    }

    private Prompt Question(bool canRemember)
    {
        var inputs = _missing.Select(parameter => new PromptInput(parameter.Name, parameter.Name, parameter.Secret ? PromptInputKind.Secret : PromptInputKind.Text)
        {
            Description = parameter.Description,
            DescriptionIsMarkdown = parameter.EnableDescriptionMarkdown,
            Placeholder = $"Enter a value for {parameter.Name}",
        });
        return new Prompt(
            "Parameters without a value",
            _missing.Length == 1 ? $"The parameter '{_missing[0].Name}' needs a value before the application can start." : $"{_missing.Length} parameters need a value before the application can start.",
            canRemember
                ? [.. inputs, new PromptInput(Remember, "Remember in the user secrets", PromptInputKind.YesNo) { Required = false, Value = "false" }]
                : [.. inputs]);
    }

    private void Give(ParameterResource parameter, string value)
    {
        parameter.Resolve(value);
        _ = run.Notifications.PublishUpdateAsync(parameter, state => state with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = DateTime.UtcNow,
            ResourceReadyEvent = new EventSnapshot(Task.CompletedTask),
            Properties = state.Properties.RemoveAll(known => known.Name == KnownProperties.ParameterValue)
                .Add(new ResourcePropertySnapshot(KnownProperties.ParameterValue, value) { IsSensitive = parameter.Secret }),
        });
    }
}
