package io.llmplatform.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to log in that was refused. What was typed is in it only where it is the name of an account: people type
 * passwords into the wrong field.
 *
 * @param userId          absent for an unknown name
 * @param failuresLeftOut how many failures before this one are told by it alone, because there were too many to store each; absent
 *                        for none
 */
@EventType(name = "login.LoginFailed", revision = "2")
public record LoginFailed(
        String attemptId,
        @Nullable String userId,
        @Nullable Personal username,
        Reason reason,
        @Nullable Long failuresLeftOut)
        implements DomainEvent {
    /** What was wrong; the caller is not told. */
    public enum Reason {
        UNKNOWN_USER,
        WRONG_PASSWORD,
        USER_DISABLED,
        /** Right, but the one that the documentation prints for a demo account. */
        DEMO_PASSWORD,
        /** After the right password: neither a code of these seconds nor a recovery code. */
        WRONG_CODE,
        /** After the right password: a code that had been used, so that somebody may have overheard it. */
        REPLAYED_CODE,
        /** At the single sign-on: not the proof of a login that this browser had begun. */
        SSO_REFUSED,
        /** Right, but an account of that name exists that is not linked with the person, or the name is no user name. */
        SSO_NAME_TAKEN,
        /** Right, but in none of the groups that may come in. */
        SSO_NO_ROLE;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException naming the value */
        @JsonCreator
        public static Reason of(String wire) {
            return Arrays.stream(values())
                    .filter(reason -> reason.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("reason: '" + wire + "'"));
        }
    }
}
