package io.llmplatform.bench.rebuild;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Usage as an organisation makes it: 200 people in 12 teams, of whom a few ask most; 50 keys, 10 models on 20 deployments,
 * 3 % failures after a second attempt, most chats streamed. The same for the same seed.
 */
final class UsageSource {
    private static final int PEOPLE = 200;
    private static final int KEYS = 50;
    private static final int MODELS = 10;
    private static final int EMBEDDING_MODEL = 9;
    private static final String[] AGENTS = {
        "OpenAI/Python 2.8.0",
        "openai-node/7.57.0",
        "Anthropic/Python 0.76.0",
        "langchain4j/1.19.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
    };
    private static final String[][] ERRORS = {
        {"502", "upstream_error"}, {"429", "rate_limit_exceeded"}, {"504", "timeout"}
    };

    private final SplittableRandom random;
    private final MovingClock clock = new MovingClock();
    private final Ids ids;
    private final double[] share = new double[PEOPLE];
    private final List<String> people = new ArrayList<>();
    private final List<String> teams = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();

    UsageSource(long seed) {
        this.random = new SplittableRandom(seed);
        this.ids = new Ids(clock, random);
        name(people, PEOPLE, Ids.Kind.USER);
        name(teams, 12, Ids.Kind.TEAM);
        name(keys, KEYS, Ids.Kind.API_KEY);
        name(deployments, 2 * MODELS, Ids.Kind.DEPLOYMENT);
        name(providers, 5, Ids.Kind.PROVIDER);
        double sum = 0;
        for (int i = 0; i < PEOPLE; i++) {
            sum += 1.0 / (i + 1);
            share[i] = sum;
        }
    }

    private void name(List<String> list, int count, Ids.Kind kind) {
        for (int i = 0; i < count; i++) {
            list.add(ids.next(kind));
        }
    }

    UsageRecord next(Instant at) {
        clock.now = at;
        int person = person();
        boolean byKey = person < KEYS && random.nextInt(10) > 0;
        // Everybody has a few favourites among the models.
        int model = (person * 7 + Math.min(random.nextInt(MODELS), random.nextInt(MODELS)) / 2) % MODELS;
        int deployment = 2 * model + (random.nextInt(10) < 7 ? 0 : 1);
        boolean embeds = model == EMBEDDING_MODEL;
        boolean stream = !embeds && random.nextInt(10) < 6;
        boolean failed = random.nextInt(100) < 3;
        var error = ERRORS[random.nextInt(ERRORS.length)];
        long prompt = spread(600);
        long completion = failed || embeds ? 0 : spread(250);
        long latency = spread(embeds ? 60 : 1500);
        return new UsageRecord(
                ids.next(Ids.Kind.REQUEST),
                at,
                people.get(person),
                person % 10 == 9 ? null : teams.get(person % 12),
                byKey ? keys.get(person) : null,
                embeds ? "embeddings" : model == 8 ? "messages" : "chat.completions",
                "model-" + model,
                null,
                deployments.get(deployment),
                providers.get(deployment % 5),
                "upstream-model-" + model + "-2026-08-06",
                stream,
                failed ? Outcome.FAILED : Outcome.COMPLETED,
                failed ? Integer.parseInt(error[0]) : 200,
                failed ? error[1] : null,
                prompt,
                completion,
                random.nextInt(4) == 0 ? prompt / 2 : 0,
                model == 3 ? completion / 3 : 0,
                false,
                failed ? BigDecimal.ZERO : BigDecimal.valueOf(prompt * 25 + completion * 100, 7),
                "USD",
                latency,
                stream && !failed ? (Long) Math.max(1, latency / 4) : null,
                failed ? 2 : 1,
                failed ? trail(deployment, latency) : null,
                null,
                byKey && person % 10 == 0 ? Map.of("project", "project-" + person, "stage", "production") : null,
                "10.20." + person / 50 + "." + (person % 50 + 10),
                AGENTS[person % AGENTS.length],
                "gateway-1");
    }

    private int person() {
        double point = random.nextDouble() * share[PEOPLE - 1];
        int index = java.util.Arrays.binarySearch(share, point);
        return Math.min(PEOPLE - 1, index < 0 ? -index - 1 : index);
    }

    /** Log-normal around a median, as tokens and latencies are. */
    private long spread(double median) {
        return 1 + Math.round(median * Math.exp(random.nextGaussian() * 0.9));
    }

    private @Nullable List<UsageRecord.Attempt> trail(int deployment, long latency) {
        return List.of(
                new UsageRecord.Attempt(deployments.get(deployment), "status_503", latency / 3),
                new UsageRecord.Attempt(deployments.get(deployment ^ 1), "first_byte_timeout", latency / 2));
    }

    /** Stands where the record at hand is, so that ids grow with it as the gateway's do. */
    private static final class MovingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
