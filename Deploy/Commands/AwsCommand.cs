namespace Platform.Deploy.Commands;

/// <summary><c>platform aws</c>: an environment in an account of AWS, from the plan to its end.</summary>
internal static class AwsCommand
{
    public static Verb Verb()
    {
        var options = new AwsOptions();
        var deploy = new DeployOptions();
        var verb = new Verb("aws", "Takes an environment of the application to AWS, looks after it there, and takes it away again.")
        {
            Run = (parsed, screen, cancellationToken) => AwsDeployCommand.RunAsync(options.Read(parsed), deploy.Read(parsed), screen, cancellationToken),
            Examples =
            [
                new Example("platform aws --environment staging", "plans, asks, deploys"),
                new Example("platform aws plan", "what a deployment of dev would do"),
                new Example("platform aws plan --simulate", "the same against a simulated account: no credentials, no cost"),
            ],
        };
        options.AddTo(verb);
        deploy.AddTo(verb);
        verb.Subcommands.Add(AwsPlanCommand.Verb(options));
        verb.Subcommands.Add(AwsDeployCommand.Verb(options));
        verb.Subcommands.Add(AwsStatusCommand.Verb(options));
        verb.Subcommands.Add(AwsOutputsCommand.Verb(options));
        verb.Subcommands.Add(AwsDriftCommand.Verb(options));
        verb.Subcommands.Add(AwsDestroyCommand.Verb(options));
        verb.Subcommands.Add(AwsBootstrapCommand.Verb(options));
        verb.Subcommands.Add(AwsDoctorCommand.Verb(options));
        return verb;
    }
}
