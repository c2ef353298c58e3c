package io.llmplatform.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.provider.ProviderCommand.CreateProvider;
import io.llmplatform.command.provider.ProviderCommand.DisableProvider;
import io.llmplatform.command.provider.ProviderCommand.EditProvider;
import io.llmplatform.command.provider.ProviderCommand.EnableProvider;
import io.llmplatform.command.provider.ProviderCommand.RewrapProviderSecret;
import io.llmplatform.command.provider.ProviderCommand.RotateProviderSecret;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ProviderEvent.Details;
import io.llmplatform.contracts.event.ProviderEvent.ProviderCreated;
import io.llmplatform.contracts.event.ProviderEvent.ProviderDisabled;
import io.llmplatform.contracts.event.ProviderEvent.ProviderEdited;
import io.llmplatform.contracts.event.ProviderEvent.ProviderEnabled;
import io.llmplatform.contracts.event.ProviderEvent.ProviderSecretRewrapped;
import io.llmplatform.contracts.event.ProviderEvent.ProviderSecretRotated;
import io.llmplatform.contracts.secret.KeyRing;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final String ID = "prv_1";
    private static final SealedSecret SECRET = new SealedSecret(1, "w", "c");
    private static final Details OPENAI = new Details("OpenAI", "openai", "https://api.openai.com/v1");
    private static final ProviderCreated CREATED = new ProviderCreated(ID, OPENAI, null);

    private final FakeClaims claims = new FakeClaims();
    private AggregateTestFixture<Provider> provider;

    @BeforeEach
    void fixture() {
        provider = new AggregateTestFixture<>(Provider.class);
        provider.registerInjectableResource(claims);
    }

    @Test
    void isCreatedUnderAFreeNameOnly() {
        provider.givenNoPriorActivity()
                .when(new CreateProvider(ID, OPENAI, SECRET))
                .expectEvents(new ProviderCreated(ID, OPENAI, SECRET))
                .expectResultMessagePayload(0L);
        provider.givenNoPriorActivity()
                .when(new CreateProvider("prv_2", new Details("OPENAI", "openai", "https://x/v1"), null))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
    }

    @Test
    void aNewNameFreesTheFormerOne() {
        claims.claim(NameClaims.Kind.PROVIDER, "OpenAI", ID);
        var after = new Details("OpenAI EU", "openai", "https://eu/v1");
        provider.given(CREATED)
                .when(new EditProvider(ID, 0L, Change.to("OpenAI EU"), Change.to("https://eu/v1"), null))
                .expectEvents(new ProviderEdited(ID, OPENAI, after))
                .expectResultMessagePayload(1L);
        assertThat(claims.ownerOf(NameClaims.Kind.PROVIDER, "OpenAI")).isEmpty();
        assertThat(claims.ownerOf(NameClaims.Kind.PROVIDER, "openai eu")).contains(ID);
    }

    @Test
    void anEditThatChangesNothingIsNoEventAndOneWithAKeyRotatesIt() {
        provider.given(CREATED)
                .when(new EditProvider(ID, null, Change.to("OpenAI"), Change.keep(), null))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
        provider.given(CREATED)
                .when(new EditProvider(ID, null, Change.keep(), Change.to("https://eu/v1"), SECRET))
                .expectEvents(
                        new ProviderEdited(ID, OPENAI, new Details("OpenAI", "openai", "https://eu/v1")),
                        new ProviderSecretRotated(ID, SECRET))
                .expectResultMessagePayload(2L);
        provider.given(CREATED)
                .when(new RotateProviderSecret(ID, 0L, SECRET))
                .expectEvents(new ProviderSecretRotated(ID, SECRET));
    }

    @Test
    void aKeyUnderAFormerKeyEncryptionKeyIsRewrappedOnceAndStaysTheSame() {
        var former = new byte[32];
        var current = new byte[32];
        current[0] = 1;
        var old = new SecretBox(former);
        var both = new SecretBox(new KeyRing(2, Map.of(1, former, 2, current)));
        provider.registerInjectableResource(both);
        var sealed = old.seal("sk-upstream", ID);

        provider.given(new ProviderCreated(ID, OPENAI, sealed))
                .when(new RewrapProviderSecret(ID))
                .expectEventsMatching(Matchers.payloadsMatching(Matchers.exactSequenceOf(
                        Matchers.predicate(event -> {
                            var rewrapped = (ProviderSecretRewrapped) event;
                            return rewrapped.formerKek() == 1
                                    && rewrapped.secret().kek() == 2
                                    && new SecretBox(new KeyRing(2, Map.of(2, current)))
                                            .open(rewrapped.secret(), ID)
                                            .equals("sk-upstream");
                        }),
                        Matchers.andNoMore())))
                .expectResultMessagePayload(true);
        provider.given(
                        new ProviderCreated(ID, OPENAI, sealed),
                        new ProviderSecretRewrapped(ID, 1, both.rewrap(sealed, ID)))
                .when(new RewrapProviderSecret(ID))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        provider.given(CREATED).when(new RewrapProviderSecret(ID)).expectNoEvents();
        provider.given(new ProviderCreated(ID, OPENAI, new SealedSecret(7, "w", "c")))
                .when(new RewrapProviderSecret(ID))
                .expectNoEvents()
                .expectException(SecretBox.WrongKeyException.class);
    }

    @Test
    void aBaseUrlThatDoesNotFitTheTypeIsRefused() {
        provider.given(CREATED)
                .when(new EditProvider(ID, null, Change.keep(), Change.to("mock:"), null))
                .expectNoEvents()
                .expectException(Refusal.Invalid.class);
    }

    @Test
    void isDisabledAndEnabledOnceEach() {
        provider.given(CREATED).when(new DisableProvider(ID, null)).expectEvents(new ProviderDisabled(ID));
        provider.given(CREATED, new ProviderDisabled(ID))
                .when(new DisableProvider(ID, 1L))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        provider.given(CREATED, new ProviderDisabled(ID))
                .when(new EnableProvider(ID, null))
                .expectEvents(new ProviderEnabled(ID));
        provider.given(CREATED)
                .when(new EnableProvider(ID, 7L))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
    }
}
