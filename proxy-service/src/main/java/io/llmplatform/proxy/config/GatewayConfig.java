package io.llmplatform.proxy.config;

import io.llmplatform.contracts.config.ConfigRecord;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything the gateway knows at one moment. Immutable. */
public final class GatewayConfig {
    public static final GatewayConfig EMPTY =
            new GatewayConfig(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    private final Map<String, ConfigRecord.User> users;
    private final Map<String, ConfigRecord.Team> teams;
    private final Map<String, ConfigRecord.ApiKey> keysByHash;
    private final Map<String, ProviderConfig> providers;
    private final Map<String, ConfigRecord.Model> modelsByName;
    private final Map<String, PublicKey> signingKeys;

    GatewayConfig(
            Map<String, ConfigRecord.User> users,
            Map<String, ConfigRecord.Team> teams,
            Map<String, ConfigRecord.ApiKey> keysByHash,
            Map<String, ProviderConfig> providers,
            Map<String, ConfigRecord.Model> modelsByName,
            Map<String, PublicKey> signingKeys) {
        this.users = users;
        this.teams = teams;
        this.keysByHash = keysByHash;
        this.providers = providers;
        this.modelsByName = modelsByName;
        this.signingKeys = signingKeys;
    }

    public ConfigRecord.@Nullable User user(String id) {
        return users.get(id);
    }

    public ConfigRecord.@Nullable Team team(String id) {
        return teams.get(id);
    }

    /**
     * @param hash {@link io.llmplatform.contracts.apikey.ApiKeys#hash}
     * @return the key with that secret now or before its last rotation; whether the latter still works, the caller checks
     */
    public ConfigRecord.@Nullable ApiKey apiKey(String hash) {
        return keysByHash.get(hash);
    }

    public @Nullable ProviderConfig provider(String id) {
        return providers.get(id);
    }

    public ConfigRecord.@Nullable Model model(String name) {
        return modelsByName.get(name);
    }

    public Collection<ConfigRecord.Model> models() {
        return modelsByName.values();
    }

    public @Nullable PublicKey signingKey(String keyId) {
        return signingKeys.get(keyId);
    }

    /** How many things it holds, all kinds together. */
    public int size() {
        return users.size()
                + teams.size()
                + (int) keysByHash.values().stream().distinct().count()
                + providers.size()
                + modelsByName.size()
                + signingKeys.size();
    }
}
