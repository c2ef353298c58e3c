package io.llmplatform.proxy.auth;

import io.llmplatform.contracts.config.ConfigRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as configured at the moment of the request.
 *
 * @param user absent only where a key's owner is not known (any more)
 * @param key  absent for a console session
 */
public record Caller(
        String userId,
        ConfigRecord.@Nullable User user,
        ConfigRecord.@Nullable Team team,
        ConfigRecord.@Nullable ApiKey key) {
    private static final AllowedIps.Memo ALLOWED = new AllowedIps.Memo(1024);

    public @Nullable String apiKeyId() {
        return key == null ? null : key.id();
    }

    public @Nullable String teamId() {
        return user == null ? null : user.teamId();
    }

    /** Tags of the key. */
    public Map<String, String> metadata() {
        var tags = key == null ? null : key.metadata();
        return tags == null ? Map.of() : tags;
    }

    public boolean mayCall(String model) {
        var allowed = key == null ? null : key.allowedModels();
        return allowed == null || allowed.contains(model);
    }

    /** @param endpoint such as {@code chat.completions} */
    public boolean mayUse(String endpoint) {
        var scopes = key == null ? null : key.scopes();
        return scopes == null || scopes.contains(endpoint);
    }

    /** Whether the key may be used from there. */
    public boolean mayComeFrom(@Nullable String ip) {
        var allowed = key == null ? null : key.allowedIps();
        return allowed == null || (ip != null && ALLOWED.of(allowed).contains(ip));
    }
}
