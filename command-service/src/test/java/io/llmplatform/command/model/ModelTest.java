package io.llmplatform.command.model;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.model.ModelCommand.CreateModel;
import io.llmplatform.command.model.ModelCommand.DisableModel;
import io.llmplatform.command.model.ModelCommand.EditModel;
import io.llmplatform.command.model.ModelCommand.EnableModel;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Details;
import io.llmplatform.contracts.event.ModelEvent.ModelCreated;
import io.llmplatform.contracts.event.ModelEvent.ModelDisabled;
import io.llmplatform.contracts.event.ModelEvent.ModelEdited;
import io.llmplatform.contracts.event.ModelEvent.ModelEnabled;
import io.llmplatform.contracts.event.ModelEvent.Price;
import java.math.BigDecimal;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final String ID = "mdl_1";
    private static final Price PRICE = new Price("USD", new BigDecimal("2.5"), BigDecimal.TEN, null);
    private static final Deployment FIRST = new Deployment("dep_1", "prv_1", "gpt-4o", 1);
    private static final Details GPT = new Details("gpt-4o", List.of(FIRST), PRICE);
    private static final ModelCreated CREATED = new ModelCreated(ID, GPT);

    private final FakeClaims claims = new FakeClaims();
    private AggregateTestFixture<Model> model;

    @BeforeEach
    void fixture() {
        model = new AggregateTestFixture<>(Model.class);
        model.registerInjectableResource(claims);
        claims.claim(NameClaims.Kind.PROVIDER, "mock", "prv_1");
    }

    @Test
    void isCreatedOnKnownProvidersUnderAFreeName() {
        model.givenNoPriorActivity()
                .when(new CreateModel(ID, "gpt-4o", List.of(FIRST), PRICE))
                .expectEvents(CREATED)
                .expectResultMessagePayload(0L);
        model.givenNoPriorActivity()
                .when(new CreateModel("mdl_2", "gpt-4o", List.of(FIRST), null))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
        model.givenNoPriorActivity()
                .when(new CreateModel("mdl_3", "other", List.of(new Deployment("d", "prv_x", "u", 1)), null))
                .expectNoEvents()
                .expectException(Refusal.UnknownReference.class)
                .expectExceptionMessage("deployments[0].provider_id: no such provider");
    }

    @Test
    void aDeploymentOfTheSameProviderAndUpstreamModelKeepsItsId() {
        model.given(CREATED)
                .when(new EditModel(
                        ID,
                        0L,
                        Change.to(List.of(
                                new Deployment("dep_8", "prv_1", "gpt-4o", 5),
                                new Deployment("dep_9", "prv_1", "gpt-4o-mini", 1))),
                        new Change.Clear<>()))
                .expectEvents(new ModelEdited(
                        ID,
                        GPT,
                        new Details(
                                "gpt-4o",
                                List.of(
                                        new Deployment("dep_1", "prv_1", "gpt-4o", 5),
                                        new Deployment("dep_9", "prv_1", "gpt-4o-mini", 1)),
                                null)))
                .expectResultMessagePayload(1L);
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        model.given(CREATED)
                .when(new EditModel(
                        ID, null, Change.to(List.of(new Deployment("dep_9", "prv_1", "gpt-4o", 1))), Change.to(PRICE)))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
    }

    @Test
    void isDisabledAndEnabledOnceEach() {
        model.given(CREATED).when(new DisableModel(ID, null)).expectEvents(new ModelDisabled(ID));
        model.given(CREATED, new ModelDisabled(ID))
                .when(new DisableModel(ID, null))
                .expectNoEvents();
        model.given(CREATED, new ModelDisabled(ID))
                .when(new EnableModel(ID, 1L))
                .expectEvents(new ModelEnabled(ID));
        model.given(CREATED).when(new EnableModel(ID, 3L)).expectNoEvents().expectException(Refusal.StaleVersion.class);
    }
}
