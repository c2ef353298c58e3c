package io.llmplatform.command.seed;

import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.model.ModelCommand.CreateModel;
import io.llmplatform.command.model.ModelCommand.Edit;
import io.llmplatform.command.model.ModelCommand.EditModel;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.provider.ProviderCommand.CreateProvider;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.seed.DemoCatalog.DemoAccount;
import io.llmplatform.command.seed.DemoCatalog.DemoModel;
import io.llmplatform.command.seed.DemoCatalog.DemoProvider;
import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.command.start.StartTask;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.secret.SecretBox;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Demo mode only: the accounts, providers and models of {@link DemoCatalog}, made by commands like any other. What
 * exists is left alone, except that a model nobody has touched yet follows the keys in the environment.
 */
@Component
class DemoSeed implements StartTask {
    private static final Logger log = LoggerFactory.getLogger(DemoSeed.class);
    private static final String ACTOR = "demo-seed";

    private final PlatformSettings settings;
    private final Environment environment;
    private final SystemCommands commands;
    private final NameClaims claims;
    private final Passwords passwords;
    private final SecretBox box;
    private final Ids ids;

    DemoSeed(
            PlatformSettings settings,
            Environment environment,
            SystemCommands commands,
            NameClaims claims,
            Passwords passwords,
            SecretBox box,
            Ids ids) {
        this.settings = settings;
        this.environment = environment;
        this.commands = commands;
        this.claims = claims;
        this.passwords = passwords;
        this.box = box;
        this.ids = ids;
    }

    @Override
    public int order() {
        return SEED;
    }

    @Override
    public void run() {
        if (!settings.demo()) {
            return;
        }
        DemoCatalog.ACCOUNTS.forEach(this::account);
        var catalog = DemoCatalog.from(environment);
        catalog.providers().forEach(this::provider);
        catalog.models().forEach(this::model);
    }

    private void account(DemoAccount account) {
        if (claims.ownerOf(NameClaims.Kind.USER, account.username()).isEmpty()) {
            var id = ids.next(Ids.Kind.USER);
            send(new CreateUser(
                    id,
                    account.username(),
                    passwords.hash(account.password()),
                    new UserEvent.Details(
                            null, new Personal(id, account.displayName()), account.role(), null, null, null)));
        }
    }

    private void provider(DemoProvider provider) {
        if (claims.ownerOf(NameClaims.Kind.PROVIDER, provider.name()).isEmpty()) {
            var id = ids.next(Ids.Kind.PROVIDER);
            var key = provider.apiKey();
            send(new CreateProvider(
                    id,
                    new ProviderEvent.Details(provider.name(), provider.type(), provider.baseUrl()),
                    key == null ? null : box.seal(key, id)));
        }
    }

    private void model(DemoModel model) {
        var deployments = model.deployments().stream()
                .map(deployment -> new Deployment(
                        ids.next(Ids.Kind.DEPLOYMENT),
                        claims.ownerOf(NameClaims.Kind.PROVIDER, deployment.provider())
                                .orElseThrow(),
                        deployment.upstreamModel(),
                        deployment.weight(),
                        null,
                        null,
                        null,
                        null))
                .toList();
        claims.ownerOf(NameClaims.Kind.MODEL, model.name())
                .ifPresentOrElse(
                        id -> followKeys(id, deployments),
                        () -> send(new CreateModel(ids.next(Ids.Kind.MODEL), model.details(deployments))));
    }

    private void followKeys(String modelId, List<Deployment> deployments) {
        try {
            commands.send(ACTOR, new EditModel(modelId, 0L, Edit.deployments(deployments)));
        } catch (Refusal.StaleVersion e) {
            log.debug("model {} has been edited; left as it is", modelId);
        }
    }

    private void send(Object command) {
        try {
            commands.send(ACTOR, command);
        } catch (Refusal.NameTaken e) {
            log.info("another instance seeds the demo too: {}", e.getMessage());
        }
    }
}
