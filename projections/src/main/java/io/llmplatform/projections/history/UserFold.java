package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.UserEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event makes of an account. */
final class UserFold {
    private UserFold() {}

    /** @return whether the account is new */
    static boolean apply(ObjectNode state, UserEvent event, JsonNode data) {
        return switch (event) {
            case UserEvent.UserCreated(var ignored1, var username, var ignored2) -> {
                state.put("username", username.clear());
                state.put("second_factor", false);
                yield EntityFold.created(state, data);
            }
            case UserEvent.UserEdited ignored -> EntityFold.edited(state, data);
            case UserEvent.UserPasswordChanged ignored -> notInvited(state);
            case UserEvent.UserInvited(var ignored, var until) -> {
                state.put("invited_until", until.toString());
                yield false;
            }
            case UserEvent.InvitationAccepted ignored -> notInvited(state);
            case UserEvent.SecondFactorEnrolled ignored -> secondFactor(state, true);
            case UserEvent.SecondFactorRemoved ignored -> secondFactor(state, false);
            case UserEvent.RecoveryCodeUsed ignored -> false;
            case UserEvent.IdentityLinked ignored -> false;
            case UserEvent.IdentityUnlinked ignored -> false;
            case UserEvent.UserDisabled ignored -> {
                notInvited(state);
                yield EntityFold.status(state, "disabled");
            }
            case UserEvent.UserEnabled ignored -> EntityFold.status(state, "active");
        };
    }

    private static boolean notInvited(ObjectNode state) {
        state.remove("invited_until");
        return false;
    }

    private static boolean secondFactor(ObjectNode state, boolean there) {
        state.put("second_factor", there);
        return false;
    }
}
