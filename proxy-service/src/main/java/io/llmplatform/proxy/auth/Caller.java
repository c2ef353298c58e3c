package io.llmplatform.proxy.auth;

import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as configured at the moment of the request.
 *
 * @param userId absent for a service key, which belongs to a team
 * @param user   absent for a service key, and where a key's owner is not known (any more)
 * @param key    absent for a console session
 */
public record Caller(
        @Nullable String userId,
        ConfigRecord.@Nullable User user,
        ConfigRecord.@Nullable Team team,
        ConfigRecord.@Nullable ApiKey key) {
    private static final AllowedIps.Memo ALLOWED = new AllowedIps.Memo(1024);

    public @Nullable String apiKeyId() {
        return key == null ? null : key.id();
    }

    public @Nullable String teamId() {
        if (user != null) {
            return user.teamId();
        }
        return key == null ? null : key.teamId();
    }

    /** Whether it is a machine with a key of its team. */
    public boolean isService() {
        return AccessRules.isService(key);
    }

    /**
     * Whose the things are that the gateway keeps for a caller: the person's, or the team's where a service key calls.
     * Ids of people and of teams are never the same.
     */
    public String ownerId() {
        return userId == null ? String.valueOf(teamId()) : userId;
    }

    /** Tags of the key. */
    public Map<String, String> metadata() {
        var tags = key == null ? null : key.metadata();
        return tags == null ? Map.of() : tags;
    }

    public boolean mayCall(String model) {
        return AccessRules.mayCall(key, model);
    }

    /** @param endpoint such as {@code chat.completions} */
    public boolean mayUse(String endpoint) {
        return AccessRules.mayUse(key, endpoint);
    }

    /** Whether the key may be used from there. */
    public boolean mayComeFrom(@Nullable String ip) {
        var allowed = key == null ? null : key.allowedIps();
        return allowed == null || (ip != null && ALLOWED.of(allowed).contains(ip));
    }
}
