using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>What changes whole stacks.</summary>
internal sealed class OperationCalls(SimulatedAccount account, StackStore stacks, OperationStart start)
{
    public Answer Delete(CallInput input)
    {
        // A stack that is not there is deleted.
        if (stacks.Find(input.Required("StackName")) is not { IsDeleted: false } stack || stack.Status == "DELETE_IN_PROGRESS")
        {
            return Answer.Nothing;
        }

        var retained = input.Texts("RetainResources");
        var isForced = input.Text("DeletionMode") == "FORCE_DELETE_STACK";
        if (stack.IsProtected)
        {
            throw StackErrors.Validation($"Stack [{stack.Name}] cannot be deleted while TerminationProtection is enabled");
        }

        if (stack.IsBusy && stack.Status != "CREATE_IN_PROGRESS")
        {
            throw StackErrors.Validation($"Stack [{stack.Id}] cannot be deleted while in status {stack.Status}");
        }

        if (stack.Status != "DELETE_FAILED" && retained.Length > 0)
        {
            throw StackErrors.Validation($"Invalid operation on stack [{stack.Id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.");
        }

        if (stack.Status != "DELETE_FAILED" && isForced)
        {
            throw StackErrors.Validation($"Invalid operation on stack [{stack.Id}]. FORCE_DELETE_STACK can be used only when the stack is in the DELETE_FAILED state.");
        }

        if (retained.FirstOrDefault(name => stack.Resource(name) is null) is { } unknown)
        {
            throw StackErrors.Validation($"Resource {unknown} does not exist for stack {stack.Name}");
        }

        RoleCheck.Check(account, input.Text("RoleARN") ?? stack.RoleArn);
        start.Delete(stack, new DeleteOptions(input.Text("ClientRequestToken"), input.Text("RoleARN"), retained, isForced));
        return Answer.Nothing;
    }

    public Answer Protect(CallInput input)
    {
        var stack = Existing(input);
        stack.IsProtected = input.Flag("EnableTerminationProtection") ?? throw ServiceError.Missing("enableTerminationProtection");
        return Answer.Of(Elements.Text("StackId", stack.Id));
    }

    public Answer SetPolicy(CallInput input)
    {
        var stack = Existing(input);
        var policy = input.Required("StackPolicyBody");
        StackPolicies.Check(policy);
        stack.Policy = policy;
        return Answer.Nothing;
    }

    public Answer ContinueRollback(CallInput input)
    {
        var stack = Existing(input);
        var skipped = input.Texts("ResourcesToSkip");
        if (IsRepeated(stack, input))
        {
            return Answer.Nothing;
        }

        if (stack.Status != "UPDATE_ROLLBACK_FAILED")
        {
            throw StackErrors.InState(stack, "continued to be rolled back");
        }

        if (skipped.FirstOrDefault(name => stack.Resource(name) is not { Status: "UPDATE_FAILED" or "UPDATE_IN_PROGRESS" or "CREATE_FAILED" or "DELETE_FAILED" }) is { } wrong)
        {
            throw StackErrors.Validation($"Resource {wrong} cannot be skipped: only resources that are in UPDATE_FAILED because of a failed rollback can be");
        }

        RoleCheck.Check(account, input.Text("RoleARN") ?? stack.RoleArn);
        start.ContinueRollback(stack, input.Text("ClientRequestToken"), skipped);
        return Answer.Nothing;
    }

    public Answer RollBack(CallInput input)
    {
        var stack = Existing(input);
        if (!IsRepeated(stack, input))
        {
            if (stack.Status is not ("CREATE_FAILED" or "UPDATE_FAILED"))
            {
                throw StackErrors.InState(stack, "rolled back");
            }

            start.RollBack(stack, input.Text("ClientRequestToken"), input.Flag("RetainExceptOnCreate") == true);
        }

        return Answer.Of(Elements.Text("StackId", stack.Id), Elements.Text("OperationId", stack.Operation?.Id));
    }

    public Answer Cancel(CallInput input)
    {
        var stack = Existing(input);
        if (stack.Status != "UPDATE_IN_PROGRESS")
        {
            throw StackErrors.Validation("CancelUpdateStack cannot be called from current stack status");
        }

        start.Cancel(stack, input.Text("ClientRequestToken"));
        return Answer.Nothing;
    }

    private static bool IsRepeated(StackRecord stack, CallInput input) =>
        stack.IsBusy && input.Text("ClientRequestToken") is { } token && stack.Operations.Exists(operation => operation.Token == token);

    private StackRecord Existing(CallInput input)
    {
        var name = input.Required("StackName");
        return stacks.FindLive(name) ?? throw StackErrors.NoStack(name);
    }
}

/// <summary>CloudFormation works with a role that it is passed.</summary>
internal static class RoleCheck
{
    public static void Check(SimulatedAccount account, string? roleArn)
    {
        if (roleArn is not null && !account.Resources.All(AccessTypes.Role).Any(role => role.Arn == roleArn))
        {
            throw StackErrors.Role(roleArn);
        }
    }
}
