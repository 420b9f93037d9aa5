using System.Globalization;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.CloudFormation;

/// <summary>What CloudFormation refuses a call with.</summary>
internal static class StackErrors
{
    public static ServiceError Validation(string message) => ServiceError.Validation(message);

    /// <summary>Of a template.</summary>
    public static ServiceError Format(string message) => ServiceError.Validation(message);

    public static ServiceError TemplateTooLarge(int most) => ServiceError.Validation(string.Create(
        CultureInfo.InvariantCulture, $"1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to {most}"));

    public static ServiceError NoStack(string name) => ServiceError.Validation($"Stack [{name}] does not exist");

    // DescribeStacks and its like speak of an id, and without brackets.
    public static ServiceError NoStackWithId(string name) => ServiceError.Validation($"Stack with id {name} does not exist");

    public static ServiceError NoChangeSet(string name) => new("ChangeSetNotFound", $"ChangeSet [{name}] does not exist", 404);

    public static ServiceError InState(StackRecord stack, string what) => ServiceError.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not be {what}.");

    public static ServiceError Capabilities(string needed) => new("InsufficientCapabilitiesException", $"Requires capabilities : [{needed}]", 400);

    public static ServiceError AlreadyExists(string message) => new("AlreadyExistsException", message, 400);

    public static ServiceError ChangeSetState(ChangeSetRecord changeSet) => new(
        "InvalidChangeSetStatus",
        $"ChangeSet [{changeSet.Id}] cannot be executed in its current status of [{(changeSet.Status == "CREATE_COMPLETE" ? changeSet.ExecutionStatus : changeSet.Status)}]",
        400);

    public static ServiceError Token(string token) => new("TokenAlreadyExistsException", $"Client request token '{token}' was used for another operation", 400);

    public static ServiceError TooMany(string message) => new("LimitExceededException", message, 400);

    public static ServiceError Role(string arn) => ServiceError.Validation($"Role {arn} is invalid or cannot be assumed");
}
