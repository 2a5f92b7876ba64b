"""The model as a test: for each operation, in both protocols, what the model allows is answered as it promises, and
what it does not allow is refused by name and changes nothing. A good input of each operation stands in
`drive/model_inputs.py`; everything else follows from the model."""

import pytest

from drive import model, server as process
from drive.model import CLIENT_ERROR
from drive.model_answers import check
from drive.model_cases import AS_BEFORE, DECIDED, UNREADABLE, cases
from drive.model_inputs import GOOD
from drive.model_wire import PROTOCOLS, Wire
from drive.model_world import World

ACCOUNT = "300000000001"
INPUTS = [(operation, variant) for operation, inputs in GOOD.items() for variant in range(len(inputs))]
CASES = [
    case
    for operation, variant in INPUTS
    if model.operation(operation).input_shape
    for case in cases(operation, variant, model.operation(operation).input_shape, GOOD[operation][variant])
]


class Bench:
    """Builds a world anew when a call has changed it, and keeps what was accepted and seen."""

    def __init__(self, server):
        self.server, self.wire = server, Wire(server.url, ACCOUNT)
        self.current = None
        self.taken, self.seen = set(), set()

    def world(self):
        if self.current is None or not self.current.unchanged():
            self.current = World(self.server, self.wire, ACCOUNT)
        return self.current

    def ask(self, protocol, operation, value, send=Wire.send):
        """Asks in a fresh world; the answer, and what it says in any world's words."""
        world = self.world()
        answer = send(self.wire, protocol, operation, world.known(value))
        self.seen |= {f"{operation} {member}" for member in check(answer)}
        if not answer.accepted:
            assert world.unchanged(), f"refused, and changed something: {answer.refusal}"
        return answer, world.outcome(answer)

    def accept(self, operation, value):
        """Notes which members an accepted input had."""
        shape = model.operation(operation).input_shape
        paths = (place.path for place in model.places(shape, value))
        names = (".".join(step for step in path if isinstance(step, str)) for path in paths if path)
        self.taken |= {f"{operation} {name}" for name in names}


@pytest.fixture(scope="module")
def bench(binary, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("model")
    arguments = ("--store", "memory:", "--lifecycle", "instant", "--clock", "manual", "--log", "warn")
    server = process.Server(binary, *arguments, folder=folder)
    bench = Bench(server)
    yield bench
    bench.wire.close()
    assert server.stop() == 0
    assert "panicked" not in server.log.read_text(), server.log.read_text()
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        report(bench)


def report(bench):
    """How much of the model was met."""

    def known(side):
        shapes = {operation: getattr(model.operation(operation), side) for operation in GOOD}
        return {f"{name} {path}" for name, shape in shapes.items() if shape for path in model.member_paths(shape)}

    def names(members):
        return {member.split()[1].rpartition(".")[2] for member in members}

    taken, seen = known("input_shape"), known("output_shape")
    print(
        f"\nmodel: {len(GOOD)} of {len(model.OPERATIONS)} operations, {len(bench.taken & taken)} of {len(taken)} input "
        f"members accepted, {len(bench.seen & seen)} of {len(seen)} output members seen"
    )
    print(f"model: input members never accepted: {', '.join(sorted(taken - bench.taken)) or 'none'}")
    print(f"model: output members seen nowhere: {', '.join(sorted(names(seen) - names(bench.seen))) or 'none'}")


@pytest.mark.parametrize("operation", model.OPERATIONS)
def test_each_operation_that_exists_has_a_good_input(bench, operation):
    answers = [bench.wire.send(protocol, operation, {}) for protocol in PROTOCOLS]
    for answer in answers:
        check(answer)
    exists = {answer.accepted or answer.refusal[0] != "UnknownOperationException" for answer in answers}
    assert exists == {operation in GOOD}, "what exists needs a good input in drive/model_inputs.py, and only that"


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("operation", "variant"), INPUTS)
def test_botocore_understands_the_answer(bench, operation, variant, protocol):
    good = GOOD[operation][variant]
    answer, outcome = bench.ask(protocol, operation, good, Wire.send_as_botocore)
    assert answer.accepted, outcome
    if model.operation(operation).input_shape:
        bench.accept(operation, good)
    read = answer.as_botocore_reads_it()
    read.pop("ResponseMetadata")
    assert read == answer.document
    assert bench.ask(protocol, operation, good)[1] == outcome


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("operation", GOOD)
@pytest.mark.parametrize("body", [[], "x", 1, True, None], ids=repr)
def test_a_body_that_is_no_structure_is_refused(bench, operation, body, protocol):
    assert bench.ask(protocol, operation, body)[0].refusal[0] == UNREADABLE


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(bench, case):
    good = GOOD[case.operation][case.variant]
    changed = case.change(good)
    told = {protocol: bench.ask(protocol, case.operation, changed) for protocol in case.protocols}
    answer, outcome = told[case.protocols[0]]
    for protocol, (_, also) in told.items():
        assert also == outcome, f"{protocol} answers otherwise than {case.protocols[0]}"
    if case.expected == AS_BEFORE:
        assert answer.accepted and outcome == bench.ask("json", case.operation, good)[1]
    elif case.expected != DECIDED:
        assert not answer.accepted, outcome
        assert answer.refusal[0] == case.expected, outcome
        assert case.says in answer.refusal[1]
    elif case.what == "is null":
        absent = model.without(good, case.place.path)
        assert outcome == bench.ask("json", case.operation, absent)[1]
    elif answer.accepted:
        bench.accept(case.operation, changed)
    else:
        assert answer.refusal[0] == CLIENT_ERROR, outcome


def test_every_case_has_a_name_of_its_own():
    assert len({str(case) for case in CASES}) == len(CASES)
