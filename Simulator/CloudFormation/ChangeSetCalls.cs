using System.Text.RegularExpressions;
using System.Xml.Linq;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.CloudFormation;

/// <summary>Change sets.</summary>
internal sealed partial class ChangeSetCalls(SimulatedAccount account, StackStore stacks, ChangeSetSteps changeSets, OperationStart start)
{
    private const int Page = 100;

    public Answer Create(CallInput input)
    {
        var name = Checked(input, "StackName", "stackName");
        var changeSetName = Checked(input, "ChangeSetName", "changeSetName");
        var type = input.Text("ChangeSetType") ?? "UPDATE";
        var stack = stacks.FindLive(name);
        var token = input.Text("ClientToken");
        if (stack?.ChangeSets.Find(record => record.Name == changeSetName) is { } same)
        {
            return token is not null && same.Token == token ? Created(stack, same) : throw StackErrors.AlreadyExists($"ChangeSet {changeSetName} cannot be created due to a mismatch with existing attribute ChangeSetName");
        }

        CheckState(name, changeSetName, type, stack);
        var content = Content(input, stack);
        RoleCheck.Check(account, input.Text("RoleARN") ?? stack?.RoleArn);
        CheckTypes(stack, stacks.Template(content.TemplateBody));

        stack ??= Review(name);
        var changeSet = new ChangeSetRecord
        {
            Id = account.Arn("cloudformation", $"changeSet/{changeSetName}/{stacks.NewId("changeSet")}"),
            Name = changeSetName,
            Type = type,
            Token = token,
            Description = input.Text("Description"),
            CreatedAt = account.Now,
            Content = content,
            RoleArn = input.Text("RoleARN"),
            OnStackFailure = input.Text("OnStackFailure"),
            ImportExistingResources = input.Flag("ImportExistingResources") == true,
            DeploymentMode = input.Text("DeploymentMode"),
            // The identifiers are a map: ResourceIdentifier.entry.1.key, .value.
            ResourcesToImport = new(input.Structures("ResourcesToImport").ToDictionary(
                import => import.Required("LogicalResourceId"), import => import.Structure("ResourceIdentifier")?.Structures("entry").FirstOrDefault()?.Text("value") ?? "")),
            OperationId = stacks.NewId("operation"),
        };
        stack.ChangeSets.Add(changeSet);
        changeSets.Begin(changeSet);
        return Created(stack, changeSet);
    }

    public Answer Describe(CallInput input)
    {
        var (stack, changeSet) = Existing(input);
        var withValues = input.Flag("IncludePropertyValues") == true;
        var (changes, next) = AnswerPages.Of(changeSet.Changes, input, Page);
        return Answer.Of(
            Elements.Text("ChangeSetName", changeSet.Name), Elements.Text("ChangeSetId", changeSet.Id), Elements.Text("StackId", stack.Id), Elements.Text("StackName", stack.Name),
            Elements.Text("Description", changeSet.Description),
            Elements.List("Parameters", changeSet.Content.Parameters, StackCalls.ParameterFields),
            Elements.Time("CreationTime", changeSet.CreatedAt), Elements.Text("ExecutionStatus", changeSet.ExecutionStatus), Elements.Text("Status", changeSet.Status),
            Elements.Text("StatusReason", changeSet.StatusReason),
            changeSet.DeploymentMode is null ? null : Elements.Text("StackDriftStatus", stack.DriftStatus),
            Elements.Texts("NotificationARNs", []), Elements.Structure("RollbackConfiguration"), Elements.Texts("Capabilities", changeSet.Content.Capabilities),
            Elements.List("Tags", changeSet.Content.Tags, tag => [Elements.Text("Key", tag.Key), Elements.Text("Value", tag.Value)]),
            Elements.List("Changes", changes, change => [Elements.Text("Type", "Resource"), ChangeElements.Of(change, withValues)]),
            next,
            Elements.Flag("IncludeNestedStacks", false), Elements.Text("OnStackFailure", changeSet.OnStackFailure),
            Elements.Flag("ImportExistingResources", changeSet.ImportExistingResources), Elements.Text("DeploymentMode", changeSet.DeploymentMode));
    }

    public Answer Execute(CallInput input)
    {
        var (stack, changeSet) = Existing(input);
        var token = input.Text("ClientRequestToken");
        if (token is not null && stack.Operations.Find(operation => operation.Token == token) is { } before)
        {
            // The same request once more: its answer was lost.
            return stack.ChangeSetId == changeSet.Id && changeSet.ExecutionStatus.StartsWith("EXECUTE_", StringComparison.Ordinal) && before == stack.Operations[^1]
                ? Answer.Nothing
                : throw StackErrors.Token(token);
        }

        if (changeSet is not { Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" })
        {
            throw StackErrors.ChangeSetState(changeSet);
        }

        CheckState(stack.Name, changeSet.Name, changeSet.Type, stack);
        RoleCheck.Check(account, changeSet.RoleArn ?? stack.RoleArn);
        start.Execute(stack, changeSet, new ExecuteOptions(token, input.Flag("DisableRollback") == true, input.Flag("RetainExceptOnCreate") == true));
        return Answer.Nothing;
    }

    public Answer Delete(CallInput input)
    {
        var (stack, changeSet) = Existing(input);
        if (changeSet.ExecutionStatus == "EXECUTE_IN_PROGRESS")
        {
            throw new ServiceError("InvalidChangeSetStatus", $"The change set [{changeSet.Id}] cannot be deleted while it is executed", 400);
        }

        stack.ChangeSets.Remove(changeSet);
        return Answer.Nothing;
    }

    public Answer List(CallInput input)
    {
        var name = input.Required("StackName");
        var stack = stacks.Find(name) ?? throw StackErrors.NoStack(name);
        var (items, next) = AnswerPages.Of(Enumerable.Reverse(stack.ChangeSets), input, Page);
        return Answer.Of(
            Elements.List("Summaries", items, changeSet =>
            [
                Elements.Text("StackId", stack.Id), Elements.Text("StackName", stack.Name), Elements.Text("ChangeSetId", changeSet.Id), Elements.Text("ChangeSetName", changeSet.Name),
                Elements.Text("ExecutionStatus", changeSet.ExecutionStatus), Elements.Text("Status", changeSet.Status), Elements.Text("StatusReason", changeSet.StatusReason),
                Elements.Time("CreationTime", changeSet.CreatedAt), Elements.Text("Description", changeSet.Description), Elements.Flag("IncludeNestedStacks", false),
                Elements.Flag("ImportExistingResources", changeSet.ImportExistingResources),
            ]),
            next);
    }

    private static Answer Created(StackRecord stack, ChangeSetRecord changeSet) => Answer.Of(Elements.Text("Id", changeSet.Id), Elements.Text("StackId", stack.Id));

    private static void CheckState(string name, string changeSetName, string type, StackRecord? stack)
    {
        if (stack is null)
        {
            if (type == "UPDATE")
            {
                throw StackErrors.NoStack(name);
            }

            return;
        }

        var isReview = stack.Status == "REVIEW_IN_PROGRESS";
        if (type == "CREATE" && !isReview)
        {
            throw StackErrors.AlreadyExists($"Stack [{name}] already exists and cannot be created again with the changeSet [{changeSetName}].");
        }

        var canChange = isReview ? type != "UPDATE"
            : stack.Status is "CREATE_COMPLETE" or "CREATE_FAILED" or "UPDATE_COMPLETE" or "UPDATE_FAILED" or "UPDATE_ROLLBACK_COMPLETE" or "IMPORT_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE";
        if (!canChange)
        {
            throw StackErrors.InState(stack, "updated");
        }
    }

    private StackContent Content(CallInput input, StackRecord? stack)
    {
        var body = input.Flag("UsePreviousTemplate") == true ? stack?.Content?.TemplateBody ?? throw StackErrors.Validation("There is no previous template to use") : input.Text("TemplateBody");
        if (body is null)
        {
            throw StackErrors.Validation("Either Template URL or Template Body must be specified.");
        }

        var template = stacks.Template(body);
        var capabilities = input.Texts("Capabilities");
        if (TemplateCalls.CapabilityOf(template) is { } needed && !capabilities.Contains(needed) && !capabilities.Contains("CAPABILITY_NAMED_IAM"))
        {
            throw StackErrors.Capabilities(needed);
        }

        var arguments = input.Structures("Parameters").Select(parameter => new StackArgument(
            parameter.Required("ParameterKey"), parameter.Text("ParameterValue"), parameter.Flag("UsePreviousValue") == true)).ToList();
        var tags = input.Has("Tags") ? input.Structures("Tags").ToDictionary(tag => tag.Required("Key"), tag => tag.Text("Value") ?? "") : stack?.Content?.Tags.ToDictionary() ?? [];
        if (tags.Count > 50)
        {
            throw StackErrors.Validation("1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50");
        }

        return new StackContent
        {
            TemplateBody = body,
            Parameters = StackParameters.Resolve(template, arguments, stack?.Content?.Parameters ?? [], stacks.Zones, stacks.StoredParameter),
            Tags = new(tags, StringComparer.Ordinal),
            Capabilities = [.. capabilities],
        };
    }

    private static void CheckTypes(StackRecord? stack, Template template)
    {
        var changed = template.Resources.Where(resource => stack?.Resource(resource.LogicalId) is { Exists: true } record && record.Type != resource.Type).Select(resource => resource.LogicalId).ToList();
        if (changed.Count > 0)
        {
            throw StackErrors.Validation(
                $"Update of resource type is not permitted. The new template modifies resource type of the following resources: [{string.Join(", ", changed)}]");
        }
    }

    private StackRecord Review(string name)
    {
        var stack = new StackRecord
        {
            Id = account.Arn("cloudformation", $"stack/{name}/{stacks.NewId($"stack/{name}")}"),
            Name = name,
            Status = "REVIEW_IN_PROGRESS",
            CreatedAt = account.Now,
        };
        stacks.Records.Stacks.Add(stack);
        stacks.Say(stack, "REVIEW_IN_PROGRESS", "User Initiated");
        return stack;
    }

    private (StackRecord Stack, ChangeSetRecord ChangeSet) Existing(CallInput input)
    {
        var name = input.Required("ChangeSetName");
        var stackName = input.Text("StackName");
        if (stackName is not null && stacks.Find(stackName) is null)
        {
            throw StackErrors.NoStack(stackName);
        }

        return stacks.Records.Stacks.SelectMany(stack => stack.ChangeSets.Select(changeSet => (stack, changeSet)))
            .FirstOrDefault(found => found.changeSet.Id == name || (stackName is not null && found.changeSet.Name == name && (found.stack.Id == stackName || (found.stack.Name == stackName && !found.stack.IsDeleted))))
            is { changeSet: not null } pair ? pair : throw StackErrors.NoChangeSet(name);
    }

    private static string Checked(CallInput input, string field, string shown)
    {
        var name = input.Required(field);
        var bare = name.StartsWith("arn:", StringComparison.Ordinal) && field == "StackName" ? name.Split('/')[1] : name;
        return Name().IsMatch(bare) && bare.Length <= 128
            ? name
            : throw StackErrors.Validation($"1 validation error detected: Value '{name}' at '{shown}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]*$")]
    private static partial Regex Name();
}

/// <summary>Changes, as they stand in answers.</summary>
internal static class ChangeElements
{
    public static XElement Of(ChangeRecord change, bool withValues) => Elements.Structure(
        "ResourceChange",
        Elements.Text("PolicyAction", change.PolicyAction), Elements.Text("Action", change.Action), Elements.Text("LogicalResourceId", change.LogicalId),
        Elements.Text("PhysicalResourceId", change.PhysicalId), Elements.Text("ResourceType", change.Type), Elements.Text("Replacement", change.Replacement),
        Elements.Texts("Scope", change.Scope), Elements.Text("ResourceDriftStatus", change.DriftStatus),
        Elements.List("Details", change.Details, detail =>
        [
            Elements.Structure(
                "Target",
                Elements.Text("Attribute", detail.Attribute), Elements.Text("Name", detail.Name), Elements.Text("RequiresRecreation", detail.RequiresRecreation),
                Elements.Text("Path", detail.Path), withValues ? Elements.Text("BeforeValue", detail.Before) : null, withValues ? Elements.Text("AfterValue", detail.After) : null,
                Elements.Text("AttributeChangeType", detail.ChangeType)),
            Elements.Text("Evaluation", detail.Evaluation), Elements.Text("ChangeSource", detail.ChangeSource), Elements.Text("CausingEntity", detail.CausingEntity),
        ]),
        withValues ? Elements.Text("BeforeContext", change.Before) : null, withValues ? Elements.Text("AfterContext", change.After) : null);
}
