package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.web.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What usage is told apart by. Its name is that of the filter, of the column and in answers, so that one leads to the other. */
public enum Dimension {
    MODEL,
    DEPLOYMENT,
    PROVIDER_ID,
    API_KEY_ID,
    USER_ID,
    TEAM_ID,
    ENDPOINT,
    OUTCOME;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param wire checked against the API document before; null for none
     * @throws RefusedException 403 for providers, where the person is not told of these
     */
    public static @Nullable Dimension of(@Nullable String wire, Person person) {
        var dimension = wire == null ? null : valueOf(wire.toUpperCase(Locale.ROOT));
        if (dimension == PROVIDER_ID && !person.seesEverything()) {
            throw RefusedException.forbidden("you do not see providers");
        }
        return dimension;
    }
}
