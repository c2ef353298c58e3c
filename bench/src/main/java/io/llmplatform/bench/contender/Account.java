package io.llmplatform.bench.contender;

import io.llmplatform.bench.upstream.Behaviour;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The user, key, providers and models that a run makes for itself on our stack. */
record Account(String key, String keyId, Instant since, String suffix) {
    private static final long PLENTY = 1_000_000_000;

    static Account make(String gateway, Site site) throws IOException, InterruptedException {
        var suffix = HexFormat.of().formatHex(random(4));
        var since = Instant.now().minusSeconds(60);
        var admin = Management.login(gateway);
        var limits = Map.of("requests_per_minute", PLENTY, "tokens_per_minute", PLENTY);
        var budgets = List.of(Map.of("period", "day", "amount", PLENTY, "currency", "USD"));
        var user = admin.post(
                "users",
                Map.of(
                        "username",
                        "bench-" + suffix,
                        "password",
                        HexFormat.of().formatHex(random(16)),
                        "role",
                        "member",
                        "limits",
                        limits,
                        "budgets",
                        budgets));
        var issued = admin.post(
                "api-keys",
                Map.of(
                        "name",
                        "bench-" + suffix,
                        "user_id",
                        user.path("id").asString(),
                        "limits",
                        limits,
                        "budgets",
                        budgets));
        var account =
                new Account(issued.path("key").asString(), issued.path("id").asString(), since, suffix);
        for (var behaviour : site.behaviours()) {
            var provider = admin.post(
                    "providers",
                    Map.of(
                            "name",
                            "bench-" + behaviour.label() + "-" + suffix,
                            "type",
                            "openai-compatible",
                            "base_url",
                            site.baseUrl(behaviour),
                            "api_key",
                            "sk-upstream"));
            admin.post(
                    "models",
                    Map.of(
                            "name", account.model(behaviour),
                            "deployments",
                                    List.of(Map.of(
                                            "provider_id",
                                            provider.path("id").asString(),
                                            "upstream_model",
                                            "upstream")),
                            "price", Map.of("currency", "USD", "input", 2.5, "output", 10, "cached_input", 1.25)));
        }
        return account;
    }

    String model(Behaviour behaviour) {
        return "bench-" + behaviour.label() + "-" + suffix;
    }

    /** Until the gateway knows the key and all models: whoever tells it of them is stopped next. */
    void awaitKnown(String gateway, Site site, Duration patience) throws NotMeasured, InterruptedException {
        var caller = Management.with(gateway + "/v1/", key);
        long deadline = System.nanoTime() + patience.toNanos();
        var missing = "";
        while (System.nanoTime() < deadline) {
            try {
                var listed = caller.get("models").path("data").findValuesAsString("id");
                missing = site.behaviours().stream()
                        .map(this::model)
                        .filter(model -> !listed.contains(model))
                        .toList()
                        .toString();
                if (missing.equals("[]")) {
                    return;
                }
            } catch (IOException e) {
                missing = e.toString();
            }
            Thread.sleep(100);
        }
        throw new NotMeasured("its gateway does not know the key or the models of the run: " + missing);
    }

    Recorded recorded(String gateway, long atLeast, Duration patience) throws IOException, InterruptedException {
        var admin = Management.login(gateway);
        long begun = System.nanoTime();
        long deadline = begun + patience.toNanos();
        var query = "usage/summary?api_key_id=" + keyId + "&from=" + since;
        long before = -1;
        while (true) {
            long requests = counted(admin, query, System.nanoTime() > deadline);
            // Steady, or the last few are still on their way.
            if (requests >= atLeast && requests == before || System.nanoTime() > deadline) {
                long completed = counted(admin, query + "&outcome=completed", true);
                return new Recorded(requests, completed, (System.nanoTime() - begun) / 1_000_000);
            }
            before = requests;
            Thread.sleep(2000);
        }
    }

    /** A read side that is catching up may be too busy to answer; only at the end that is a failure. */
    private static long counted(Management admin, String query, boolean atLast)
            throws IOException, InterruptedException {
        try {
            return admin.get(query).path("requests").asLong();
        } catch (IOException e) {
            if (atLast) {
                throw e;
            }
            return -1;
        }
    }

    private static byte[] random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
