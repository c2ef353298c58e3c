package io.llmplatform.command.login;

import io.llmplatform.command.login.FailedLogin.RecordFailedLogin;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.Personal;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

class FailedLoginTest {
    private static final Personal ANN = new Personal("usr_1", "ann");

    @Test
    void tellsWhatWasWrongAndHowManyBeforeItAreToldByNoEvent() {
        failing(7)
                .expectEvents(new LoginFailed("lgn_1", "usr_1", ANN, LoginFailed.Reason.WRONG_PASSWORD, 7L))
                .expectResultMessagePayload(0L);
    }

    @Test
    void saysNothingOfOthersWhenThereWereNone() {
        failing(0).expectEvents(new LoginFailed("lgn_1", "usr_1", ANN, LoginFailed.Reason.WRONG_PASSWORD, null));
    }

    private static ResultValidator<FailedLogin> failing(long unrecorded) {
        var login = new AggregateTestFixture<>(FailedLogin.class);
        login.registerInjectableResource(new FailureBudget() {
            @Override
            public boolean spend() {
                return true;
            }

            @Override
            public long takeUnrecorded() {
                return unrecorded;
            }
        });
        return login.givenNoPriorActivity()
                .when(new RecordFailedLogin("lgn_1", "usr_1", ANN, LoginFailed.Reason.WRONG_PASSWORD));
    }
}
