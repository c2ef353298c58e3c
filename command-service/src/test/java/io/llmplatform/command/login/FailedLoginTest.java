package io.llmplatform.command.login;

import io.llmplatform.command.login.FailedLogin.RecordFailedLogin;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.Personal;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class FailedLoginTest {
    @Test
    void tellsWhatWasWrongAndHowManyBeforeItAreToldByNoEvent() {
        var login = new AggregateTestFixture<>(FailedLogin.class);
        login.registerInjectableResource(new FailureBudget() {
            @Override
            public boolean spend() {
                return true;
            }

            @Override
            public long takeUnrecorded() {
                return 7;
            }
        });
        var ann = new Personal("usr_1", "ann");

        login.givenNoPriorActivity()
                .when(new RecordFailedLogin("lgn_1", "usr_1", ann, LoginFailed.Reason.WRONG_PASSWORD))
                .expectEvents(new LoginFailed("lgn_1", "usr_1", ann, LoginFailed.Reason.WRONG_PASSWORD, 7))
                .expectResultMessagePayload(0L);
    }
}
