package io.llmplatform.proxy.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is, and for what.
 *
 * @param owner        answers never pass from one owner to another ({@link #owner(String, String)})
 * @param model        as its configuration names it
 * @param modelVersion of its configuration: once the model is changed, its old answers are not given any more
 * @param vary         what else of the request reaches the provider and may change the answer, in a fixed order: the values
 *                     of {@code OpenAI-Beta}, {@code anthropic-version}, {@code anthropic-beta}, the query string
 */
public record CacheSubject(String owner, String model, long modelVersion, List<String> vary) {
    /** The user's team: its members work on the same things and pay from one budget. Without a team, the user alone. */
    public static String owner(@Nullable String teamId, String userId) {
        return teamId == null ? "user/" + userId : "team/" + teamId;
    }
}
