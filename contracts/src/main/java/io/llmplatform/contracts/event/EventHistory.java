package io.llmplatform.contracts.event;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What events looked like before, and how each of those forms becomes the next one. Works on JSON as it is stored, personal
 * data still sealed; whoever reads stored or published events asks here first, so that no other code knows an old form.
 * How to change an event: {@code docs/adr/0017-an-event-changes-by-a-new-revision.md}.
 */
public final class EventHistory {
    private static final Map<Form, Step> STEPS = Map.of(
            new Form("login.LoginFailed", "1"),
            new Step(new Form("login.LoginFailed", "2"), EventHistory::failuresLeftOut));

    private EventHistory() {}

    /** Name and revision under which an event is stored. */
    public record Form(String type, String revision) {}

    private record Step(Form to, UnaryOperator<ObjectNode> change) {}

    /** The forms of the past. */
    public static Set<Form> past() {
        return STEPS.keySet();
    }

    /** The form of today that events of a form are brought to; itself when it is that already, or is not known here. */
    public static Form today(Form stored) {
        var form = stored;
        for (var step = STEPS.get(form); step != null; step = STEPS.get(form)) {
            form = step.to();
        }
        return form;
    }

    /** The data of an event of that form as it would be stored today. What is given is left as it is. */
    public static JsonNode upcast(Form stored, JsonNode data) {
        var step = STEPS.get(stored);
        if (step == null || !(data instanceof ObjectNode)) {
            return data;
        }
        var form = stored;
        var upcast = (ObjectNode) data.deepCopy();
        for (; step != null; step = STEPS.get(form)) {
            upcast = step.change().apply(upcast);
            form = step.to();
        }
        return upcast;
    }

    /** Likewise, the envelope around it; it keeps its position and all else. */
    public static EventEnvelope upcast(EventEnvelope stored) {
        var form = new Form(stored.type(), stored.revision());
        var today = today(form);
        return today.equals(form)
                ? stored
                : new EventEnvelope(
                        stored.id(),
                        stored.position(),
                        today.type(),
                        today.revision(),
                        stored.aggregateType(),
                        stored.aggregateId(),
                        stored.sequence(),
                        stored.at(),
                        stored.meta(),
                        upcast(form, stored.data()));
    }

    /** {@code unrecorded}, which was 0 nearly always and told so in every entry of the audit log, got a name that says of what. */
    private static ObjectNode failuresLeftOut(ObjectNode data) {
        var count = data.remove("unrecorded");
        if (count != null && count.asLong(0) != 0) {
            data.set("failures_left_out", count);
        }
        return data;
    }
}
