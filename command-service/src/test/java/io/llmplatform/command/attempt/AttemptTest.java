package io.llmplatform.command.attempt;

import io.llmplatform.contracts.event.AttemptEvent.AccessDenied;
import io.llmplatform.contracts.event.AttemptEvent.CommandRefused;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final CommandRefused REFUSED =
            new CommandRefused("att_1", "POST /teams", "team", null, 409, "name-taken", null);

    private AggregateTestFixture<Attempt> fixture;

    @BeforeEach
    void fixture() {
        fixture = new AggregateTestFixture<>(Attempt.class);
    }

    @Test
    void anAttemptIsRecordedAsItWas() {
        fixture.givenNoPriorActivity()
                .when(RecordAttempt.of(REFUSED))
                .expectEvents(REFUSED)
                .expectResultMessagePayload(0L);
    }

    @Test
    void aDenialToo() {
        var denied = new AccessDenied("att_2", "POST /teams", "team", null, "the role member may not do that");

        fixture.givenNoPriorActivity().when(RecordAttempt.of(denied)).expectEvents(denied);
    }

    @Test
    void anIdIsOneAttemptForEver() {
        fixture.given(REFUSED).when(RecordAttempt.of(REFUSED)).expectException(EventStoreException.class);
    }
}
