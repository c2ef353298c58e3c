package io.llmplatform.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.EventHistory.Form;
import io.llmplatform.contracts.json.ContractJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
    private static final Form FIRST = new Form("login.LoginFailed", "1");

    @Test
    void everyFormOfThePastLeadsToTheEventOfToday() {
        assertThat(EventHistory.past()).contains(FIRST).allSatisfy(form -> {
            var today = EventHistory.today(form);
            var type = EventCatalog.type(EventCatalog.classOf(today.type()).orElseThrow());
            assertThat(today).isEqualTo(new Form(type.name(), type.revision()));
            assertThat(form).isNotEqualTo(today);
        });
    }

    /** Without the step from the revision before, events stored under that are read wrongly and nobody notices. */
    @Test
    void everyRevisionAboveTheFirstIsReachedFromTheOneBefore() {
        assertThat(EventCatalog.classes()).allSatisfy(event -> {
            var type = EventCatalog.type(event);
            for (int before = 1; before < Integer.parseInt(type.revision()); before++) {
                assertThat(EventHistory.past()).contains(new Form(type.name(), String.valueOf(before)));
            }
        });
    }

    @Test
    void anEnvelopeIsBroughtToTodayAndKeepsItsPlace() {
        var stored = envelope("1", """
                {"attempt_id": "lgn_1", "username": {"subject": "usr_1", "sealed": "c2VhbGVk"},
                 "reason": "wrong_password", "unrecorded": 3}""");

        var today = EventHistory.upcast(stored);

        assertThat(today).isEqualTo(envelope("2", """
                {"attempt_id": "lgn_1", "username": {"subject": "usr_1", "sealed": "c2VhbGVk"},
                 "reason": "wrong_password", "failures_left_out": 3}"""));
        assertThat(stored.data().has("unrecorded")).as("what was given").isTrue();
        assertThat(EventHistory.upcast(today)).isSameAs(today);
    }

    @Test
    void whatIsNotKnownHereIsLeftAsItIs() {
        var newer = envelope("3", "{\"attempt_id\": \"lgn_1\"}");
        assertThat(EventHistory.upcast(newer)).isSameAs(newer);
    }

    private static EventEnvelope envelope(String revision, String data) {
        return new EventEnvelope(
                "e1",
                7,
                "login.LoginFailed",
                revision,
                "login",
                "lgn_1",
                0,
                Instant.EPOCH,
                new EventMeta(Actor.system("test"), null, null, null, null),
                ContractJson.mapper().readTree(data));
    }
}
