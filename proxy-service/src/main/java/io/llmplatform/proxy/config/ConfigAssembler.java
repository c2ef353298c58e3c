package io.llmplatform.proxy.config;

import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.secret.SecretBox;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers records, newest version of each, and assembles snapshots from them. Confined to one thread. Opened secrets and
 * parsed keys are kept from one snapshot to the next as long as their record is the same.
 */
final class ConfigAssembler {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigAssembler.class);

    private final SecretBox secrets;
    private final Map<String, ConfigRecord> records = new LinkedHashMap<>();
    private final Map<String, ProviderConfig> providers = new HashMap<>();
    private final Map<String, PublicKey> signingKeys = new HashMap<>();

    ConfigAssembler(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** @return whether it changed anything: a record older than the one held does not */
    boolean put(ConfigRecord record) {
        var held = records.get(record.key());
        if (held != null && (record.version() < held.version() || record.equals(held))) {
            return false;
        }
        records.put(record.key(), record);
        switch (record) {
            case ConfigRecord.Provider provider -> providers.put(provider.id(), open(provider));
            case ConfigRecord.SigningKey key -> {
                var parsed = Boolean.TRUE.equals(key.retired()) ? null : parse(key);
                if (parsed != null) {
                    signingKeys.put(key.id(), parsed);
                } else {
                    signingKeys.remove(key.id());
                }
            }
            case ConfigRecord.User ignored -> {}
            case ConfigRecord.Team ignored -> {}
            case ConfigRecord.ApiKey ignored -> {}
            case ConfigRecord.Model ignored -> {}
            case ConfigRecord.PriceBook ignored -> {}
            case ConfigRecord.Settings ignored -> {}
            case ConfigRecord.ClosedSession ignored -> {}
        }
        return true;
    }

    /** A tombstone. */
    boolean remove(String key) {
        var removed = records.remove(key);
        if (removed instanceof ConfigRecord.Provider provider) {
            providers.remove(provider.id());
        } else if (removed instanceof ConfigRecord.SigningKey signingKey) {
            signingKeys.remove(signingKey.id());
        }
        return removed != null;
    }

    Collection<ConfigRecord> records() {
        return List.copyOf(records.values());
    }

    GatewayConfig assemble() {
        var users = new HashMap<String, ConfigRecord.User>();
        var teams = new HashMap<String, ConfigRecord.Team>();
        var keys = new HashMap<String, ConfigRecord.ApiKey>();
        var models = new HashMap<String, ConfigRecord.Model>();
        var prices = new ArrayList<ConfigRecord.PriceBook>();
        ConfigRecord.Settings settings = null;
        var closedSessions = new HashSet<String>();
        for (var record : records.values()) {
            switch (record) {
                case ConfigRecord.User user -> users.put(user.id(), user);
                case ConfigRecord.ApiKey key -> {
                    keys.put(key.hash(), key);
                    if (key.previousHash() != null) {
                        keys.put(key.previousHash(), key);
                    }
                }
                case ConfigRecord.Model model -> models.merge(model.name(), model, AccessRules::preferred);
                case ConfigRecord.Provider ignored -> {}
                case ConfigRecord.Team team -> teams.put(team.id(), team);
                case ConfigRecord.SigningKey ignored -> {}
                case ConfigRecord.PriceBook book -> prices.add(book);
                case ConfigRecord.Settings all -> settings = all;
                case ConfigRecord.ClosedSession session -> closedSessions.add(session.id());
            }
        }
        return new GatewayConfig(
                users,
                teams,
                keys,
                Map.copyOf(providers),
                models,
                Map.copyOf(signingKeys),
                closedSessions,
                prices,
                settings);
    }

    private ProviderConfig open(ConfigRecord.Provider record) {
        String secret = null;
        boolean usable = false;
        try {
            var sealed = record.secret();
            secret = sealed == null ? null : secrets.open(sealed, record.id());
            usable = true;
        } catch (RuntimeException e) {
            LOG.error("provider {} cannot be used: {}", record.id(), e.getMessage());
        }
        return new ProviderConfig(
                record.id(),
                record.version(),
                record.active(),
                record.name(),
                record.type(),
                record.baseUrl(),
                secret,
                usable);
    }

    private static @Nullable PublicKey parse(ConfigRecord.SigningKey record) {
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(record.publicKey()));
            return KeyFactory.getInstance(record.algorithm()).generatePublic(spec);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.error("signing key {} cannot be used: {}", record.id(), e.getMessage());
            return null;
        }
    }
}
