package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.ProjectionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to an aggregate, it is the same out of a snapshot and the events after it as out of all its events. */
class SnapshotStateIT {
    private static final int EVERY = 4;
    private static final int STEPS = 25;
    private static final long SEED = 20_261_123;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final Map<Class<?>, AggregateModel<?>> MODELS = new HashMap<>();

    private static Service service;
    private static String admin;

    @BeforeAll
    static void start() {
        service = Service.start(Map.of("SNAPSHOT_EVENTS", String.valueOf(EVERY)));
        admin = service.admin();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Makes one and says what may be done to it, as HTTP requests in words: method, path, body. */
    private record Subject(String type, Supplier<String> made, List<String> steps) {
        @Override
        public String toString() {
            return type;
        }
    }

    static Stream<Subject> subjects() {
        return Stream.of(
                new Subject(
                        "user",
                        () -> created(
                                "users", "{'username':'%s','password':'a long password','email':'a@example.org'}"),
                        List.of(
                                "PATCH users/% {'display_name':'#','email':null}",
                                "PATCH users/% {'email':'#@example.org','role':'auditor'}",
                                "PATCH users/% {'role':'manager','limits':{'requests_per_minute':60,'concurrency':3}}",
                                "PATCH users/% {'budgets':[{'period':'day','amount':10,'currency':'USD'}],'limits':null}",
                                "PATCH users/% {'budgets':[{'period':'total','amount':2.50,'currency':'EUR'}]}",
                                "PATCH users/% {'team_id':'TEAM'}",
                                "POST users/%/password {'password':'another long password'}",
                                "POST users/%/invite {}",
                                "POST users/%/disable",
                                "POST users/%/enable")),
                new Subject(
                        "team",
                        () -> created("teams", "{'name':'%s'}"),
                        List.of(
                                "PATCH teams/% {'name':'#'}",
                                "PATCH teams/% {'limits':{'tokens_per_minute':100000}}",
                                "PATCH teams/% {'budgets':[{'period':'month','amount':1000.00,'currency':'USD'}]}",
                                "PATCH teams/% {'limits':null,'budgets':null}",
                                "POST teams/%/managers {'user_id':'MANAGER'}",
                                "DELETE teams/%/managers/MANAGER",
                                "POST teams/%/disable",
                                "POST teams/%/enable")),
                new Subject(
                        "api_key",
                        () -> created("api-keys", "{'name':'%s'}"),
                        List.of(
                                "PATCH api-keys/% {'name':'#'}",
                                "PATCH api-keys/% {'allowed_models':['gpt-4o'],'expires_at':'2030-01-31T12:00:00Z'}",
                                "PATCH api-keys/% {'scopes':['chat.completions'],'allowed_ips':['10.0.0.0/8','::1']}",
                                "PATCH api-keys/% {'metadata':{'project':'#'},'cache':false}",
                                "PATCH api-keys/% {'limits':{'concurrency':5},'budgets':[{'period':'day','amount':0.001,'currency':'USD'}]}",
                                "PATCH api-keys/% {'allowed_models':null,'limits':null,'budgets':null,'metadata':null}",
                                "POST api-keys/%/rotate {'overlap_seconds':0}",
                                "POST api-keys/%/disable",
                                "POST api-keys/%/enable")),
                new Subject(
                        "provider",
                        () -> created("providers", "{'name':'%s','type':'mock'}"),
                        List.of(
                                "PATCH providers/% {'name':'#'}",
                                "PATCH providers/% {'api_key':'secret-#'}",
                                "POST providers/%/disable",
                                "POST providers/%/enable")),
                new Subject(
                        "model",
                        () -> created(
                                "models",
                                "{'name':'%s','deployments':[{'provider_id':'PROVIDER','upstream_model':'u'}]}"),
                        List.of(
                                "PATCH models/% {'deployments':[{'provider_id':'PROVIDER','upstream_model':'#','weight':3,'priority':1,'when':{'stream':true,'metadata':{'tier':'gold'}},'limits':{'concurrency':2},'price':{'currency':'USD','input':10,'output':2.50}}]}",
                                "PATCH models/% {'price':{'currency':'EUR','input':100,'output':0.10,'cached_input':0}}",
                                "PATCH models/% {'routing':{'strategy':'lowest-cost','fallbacks':['spare'],'sticky':'user'}}",
                                "PATCH models/% {'limits':{'requests_per_minute':1},'cache':{'ttl_seconds':60}}",
                                "PATCH models/% {'catalog':{'description':'#','context_window':1000,'input_modalities':['text']}}",
                                "PATCH models/% {'price':null,'routing':null,'limits':null,'cache':null,'catalog':null}",
                                "POST models/%/disable",
                                "POST models/%/enable")),
                new Subject(
                        "price_book",
                        () -> created(
                                "prices", "{'model_id':'MODEL','rates':{'currency':'USD','input':1,'output':10}}"),
                        List.of(
                                "POST prices {'model_id':'MODEL','effective_from':'2050-01-01T00:00:$$Z','rates':{'currency':'USD','input':$$,'output':10.50}}",
                                "POST prices {'model_id':'MODEL','effective_from':'2051-01-01T00:00:$$Z','rates':{'currency':'USD','input':100,'output':$$,'request':0.00100}}",
                                "POST prices/%/correct {'corrects':$,'rates':{'currency':'EUR','input':0.$$,'output':20}}")),
                new Subject(
                        "projection",
                        () -> {
                            send("POST projections/teams/rebuild {'swap':'when_equal'}");
                            return ProjectionEvent.id("teams");
                        },
                        List.of(
                                "POST projections/teams/rebuild {'swap':'manual'}",
                                "POST projections/teams/pause",
                                "POST projections/teams/resume",
                                "POST projections/teams/compare",
                                "POST projections/teams/swap {'accept_differences':true}",
                                "POST projections/teams/cancel",
                                "POST projections/teams/rollback",
                                "POST projections/teams/redrive {'record_id':$}",
                                "POST projections/teams/discard {'record_id':$,'reason':'#'}")),
                new Subject(
                        "platform_settings",
                        () -> PlatformSettingsEvent.ID,
                        List.of(
                                "PATCH settings {'max_attempts':3,'max_concurrent_requests':500}",
                                "PATCH settings {'max_attempts':null}",
                                "PATCH settings {'reserved_completion_tokens':2048,'response_cache':false}",
                                "PATCH settings {'default_key_limits':{'requests_per_minute':600}}",
                                "PATCH settings {'default_key_limits':{},'response_cache':true}")));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theStateIsTheSameWithAndWithoutSnapshots(Subject subject) {
        var random = new Random(SEED);
        var id = subject.made().get();
        var done = new ArrayList<String>();
        for (int i = 0; i < STEPS; i++) {
            var step = subject.steps().get(random.nextInt(subject.steps().size()));
            done.add(send(filled(step, id, random)));
            if (i >= EVERY) {
                same(subject.type(), id, done);
            }
        }

        long last = sequence("domain_event", id);
        await().atMost(Duration.ofSeconds(20)).until(() -> sequence("snapshot", id) > last - EVERY);
        assertThat(last).as("events of " + done).isGreaterThanOrEqualTo(2L * EVERY);
        same(subject.type(), id, done);
        assertThat(service.bean(EventStore.class).readEvents(id).asStream().toList())
                .hasSizeLessThanOrEqualTo(EVERY)
                .first()
                .satisfies(first -> assertThat(first.getPayloadType()).isEqualTo(type(subject.type())));
    }

    @Test
    void everyAggregateThatAsksForSnapshotsIsAmongThem() {
        assertThat(service.bean(SnapshotSerializer.class).types().stream().map(SnapshotTypes.SnapshotType::name))
                .containsExactlyInAnyOrderElementsOf(
                        subjects().map(Subject::type).toList());
    }

    private static void same(String type, String id, List<String> done) {
        var events = service.bean(EventStorageEngine.class).readEvents(id);
        var all = made(type(type), id, events);
        var shortened = made(type(type), id, service.bean(EventStore.class).readEvents(id));
        assertThat(shortened)
                .as("after " + done)
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .isEqualTo(all);
    }

    private static <T> T made(Class<T> type, String id, DomainEventStream events) {
        @SuppressWarnings("unchecked")
        AggregateFactory<T> factory =
                ((EventSourcingRepository<T>) service.bean(Configuration.class).repository(type)).getAggregateFactory();
        var root = factory.createAggregateRoot(id, events.peek());
        EventSourcedAggregate.initialize(
                        root, model(type), service.bean(EventStore.class), NoSnapshotTriggerDefinition.TRIGGER)
                .initializeState(events);
        return root;
    }

    @SuppressWarnings("unchecked")
    private static <T> AggregateModel<T> model(Class<T> type) {
        return (AggregateModel<T>) MODELS.computeIfAbsent(type, AnnotatedAggregateMetaModelFactory::inspectAggregate);
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> type(String name) {
        return service.bean(SnapshotSerializer.class).classForType(new SimpleSerializedType(name, null));
    }

    private static long sequence(String table, String id) {
        return service.jdbc()
                .queryForObject(
                        "select coalesce(max(sequence), -1) from events." + table + " where aggregate_id = ?",
                        Long.class,
                        id);
    }

    private static String created(String path, String body) {
        var answer = service.post(path, admin, json(body.replace("%s", name())));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.id();
    }

    /** Sends it and says what came of it: it may be refused, but not fail. */
    private static String send(String step) {
        var words = step.split(" ", 3);
        var answer =
                service.send(words[0], "/api/admin/v1/" + words[1], admin, words.length < 3 ? null : json(words[2]));
        assertThat(answer.status()).as(step + answer).isIn(200, 201, 404, 409, 422);
        return step + " -> " + answer.status();
    }

    private static String filled(String step, String id, Random random) {
        return referring(step)
                .replace("%", id)
                .replace("#", name())
                .replace("$$", String.valueOf(10 + random.nextInt(50)))
                .replace("$", String.valueOf(1 + random.nextInt(5)));
    }

    private static String json(String text) {
        return referring(text).replace('\'', '"');
    }

    private static String referring(String text) {
        var all = text;
        for (var thing : Things.values()) {
            if (all.contains(thing.name())) {
                all = all.replace(thing.name(), thing.id());
            }
        }
        return all;
    }

    private static String name() {
        return "state-" + NAMES.incrementAndGet();
    }

    /** What steps refer to; each is made when it is needed first. */
    private enum Things {
        TEAM("teams", "{'name':'%s'}"),
        MANAGER("users", "{'username':'%s','password':'a long password','role':'manager'}"),
        PROVIDER("providers", "{'name':'%s','type':'mock'}"),
        MODEL("models", "{'name':'%s','deployments':[{'provider_id':'PROVIDER','upstream_model':'u'}]}");

        private final String path;
        private final String body;
        private String id;

        Things(String path, String body) {
            this.path = path;
            this.body = body;
        }

        private String id() {
            if (id == null) {
                id = created(path, body);
            }
            return id;
        }
    }
}
