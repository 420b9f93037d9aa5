using Platform.Simulator.Faults;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>The reasons of events of resources that failed.</summary>
internal sealed class FailureWords(StackStore stacks)
{
    public string Of(StackRecord stack, FaultRule.Stack fault) =>
        fault.Reason ?? Of(stack, new Refusal("The simulator was told to fail here.", "GeneralServiceException", IsPassing: false));

    public string Of(StackRecord stack, Refusal refusal) =>
        $"Resource handler returned message: \"{refusal.Message}\" (RequestToken: {stacks.NewId($"{stack.Name}/handler")}, HandlerErrorCode: {refusal.Code})";
}
