package io.llmplatform.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.command.session.SessionCommand.OpenSession;
import io.llmplatform.command.session.SessionCommand.Opening;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import io.llmplatform.contracts.event.SessionEvent.SessionClosed;
import io.llmplatform.contracts.event.SessionEvent.SessionOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final String ID = "ses_1";
    private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(900);
    private static final Opening OPENING = new Opening(
            "usr_1",
            "ann",
            new PasswordHash("hash"),
            RefreshToken.mint(new Random(1)),
            NOON,
            LATER,
            NOON.plusSeconds(3600),
            "192.0.2.1",
            "curl");
    private static final SessionOpened OPENED =
            new SessionOpened(ID, "usr_1", new Personal("usr_1", "ann"), NOON.plusSeconds(3600));

    private final Rows rows = new Rows();
    private AggregateTestFixture<Session> session;

    @BeforeEach
    void fixture() {
        session = new AggregateTestFixture<>(Session.class);
        session.registerInjectableResource(rows);
    }

    @Test
    void isOpenedWithItsTokensOutsideTheEvent() {
        session.givenNoPriorActivity()
                .when(new OpenSession(ID, OPENING))
                .expectEvents(OPENED)
                .expectResultMessagePayload(0L);
        assertThat(rows.writes).containsExactly("open ses_1");
        assertThat(OPENING.toString()).doesNotContain(OPENING.refreshToken().secret());
    }

    @Test
    void isNotOpenedForAnAccountThatHasChangedMeanwhile() {
        rows.changed = true;
        session.givenNoPriorActivity()
                .when(new OpenSession(ID, OPENING))
                .expectNoEvents()
                .expectException(NotLoggedIn.class);
    }

    @Test
    void isClosedOnceWithTheEndOfItsTokens() {
        session.given(OPENED)
                .when(new CloseSession(ID, Reason.REUSE))
                .expectEvents(new SessionClosed(ID, "usr_1", Reason.REUSE, LATER))
                .expectResultMessagePayload(1L);
        session.given(OPENED, new SessionClosed(ID, "usr_1", Reason.REUSE, LATER))
                .when(new CloseSession(ID, Reason.LOGOUT))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        assertThat(rows.writes).containsExactly("close ses_1");
    }

    private static final class Rows implements SessionRows {
        final List<String> writes = new ArrayList<>();
        boolean changed;

        @Override
        public void open(String sessionId, Opening opening) {
            if (changed) {
                throw new NotLoggedIn("changed");
            }
            writes.add("open " + sessionId);
        }

        @Override
        public Instant close(String sessionId) {
            writes.add("close " + sessionId);
            return LATER;
        }
    }
}
