using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;
using Platform.Simulator.Resources;

namespace Platform.Simulator.CloudFormation;

/// <summary>CloudFormation.</summary>
internal sealed class CloudFormationService : ISimulatedService
{
    private readonly StackCalls _stacks;
    private readonly ChangeSetCalls _changeSets;
    private readonly TemplateCalls _templates;
    private readonly OperationCalls _operations;
    private readonly DriftCalls _drifts;

    public CloudFormationService(SimulatedAccount account)
    {
        var aftermath = new Aftermath(account);
        var store = new StackStore(account);
        var changeSets = new ChangeSetSteps(account, store);
        var tasks = new TaskSteps(account, store, new ResourceActions(account, aftermath));
        var phases = new PhaseSteps(account, store, tasks);
        var drifts = new DriftSteps(account, store);
        var start = new OperationStart(account, store, phases);
        account.Add((ITimed)new StackEngine(store, changeSets, tasks, phases, drifts));
        account.Add((ITimed)aftermath);
        account.Add((IKept)aftermath);
        account.Add((IKept)store);

        _stacks = new StackCalls(store);
        _changeSets = new ChangeSetCalls(account, store, changeSets, start);
        _templates = new TemplateCalls(store);
        _operations = new OperationCalls(account, store, start);
        _drifts = new DriftCalls(store, drifts);
    }

    public string SigningName => "cloudformation";

    public WireProtocol Protocol { get; } = new WireProtocol.Query("http://cloudformation.amazonaws.com/doc/2010-05-15/");

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "CreateChangeSet" => _changeSets.Create(call.Input),
        "DescribeChangeSet" => _changeSets.Describe(call.Input),
        "ExecuteChangeSet" => _changeSets.Execute(call.Input),
        "DeleteChangeSet" => _changeSets.Delete(call.Input),
        "ListChangeSets" => _changeSets.List(call.Input),
        "DescribeStacks" => _stacks.Describe(call.Input),
        "ListStacks" => _stacks.List(call.Input),
        "DescribeStackEvents" => _stacks.Events(call.Input),
        "DescribeEvents" => _stacks.OperationEvents(call.Input),
        "ListStackResources" => _stacks.Resources(call.Input),
        "DescribeStackResources" => _stacks.DescribeResources(call.Input),
        "ListExports" => _stacks.Exports(call.Input),
        "ListImports" => _stacks.Imports(call.Input),
        "GetTemplate" => _templates.Get(call.Input),
        "GetTemplateSummary" => _templates.Summary(call.Input),
        "ValidateTemplate" => _templates.Validate(call.Input),
        "GetStackPolicy" => _stacks.GetPolicy(call.Input),
        "SetStackPolicy" => _operations.SetPolicy(call.Input),
        "UpdateTerminationProtection" => _operations.Protect(call.Input),
        "DeleteStack" => _operations.Delete(call.Input),
        "ContinueUpdateRollback" => _operations.ContinueRollback(call.Input),
        "CancelUpdateStack" => _operations.Cancel(call.Input),
        "RollbackStack" => _operations.RollBack(call.Input),
        "DetectStackDrift" => _drifts.Detect(call.Input),
        "DescribeStackDriftDetectionStatus" => _drifts.Status(call.Input),
        "DescribeStackResourceDrifts" => _drifts.Resources(call.Input),
        _ => throw call.UnknownOperation(),
    };
}
