package io.llmplatform.query.access;

import io.llmplatform.query.web.Gate;
import io.llmplatform.query.web.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Lets in whom {@link Allowed} names: a valid token of a session nobody has closed, of an active account with one of the roles. */
@Component
class AccessGate implements Gate {
    static final String PERSON = AccessGate.class.getName() + ".person";
    /** How long to wait for an account that a valid token speaks of and the read model has not got yet. */
    private static final int ATTEMPTS = 20;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    private final Tokens tokens;
    private final People people;

    AccessGate(Tokens tokens, People people) {
        this.tokens = tokens;
        this.people = people;
    }

    @Override
    public Place place() {
        return Place.BEFORE_PARAMETERS;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        var rule = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Allowed.class) : null;
        var login = tokens.login(request.getHeader(HttpHeaders.AUTHORIZATION));
        var seen = find(login, rule).orElseThrow(() -> RefusedException.unauthorized("the account does not exist"));
        if (seen.sessionClosed()) {
            throw RefusedException.unauthorized("the session has ended");
        }
        var person = seen.person();
        if (!person.active()) {
            throw RefusedException.unauthorized("the account is disabled");
        }
        if (rule == null || !Arrays.asList(rule.value()).contains(person.role())) {
            throw RefusedException.forbidden("the role " + person.role().wire() + " may not do this");
        }
        request.setAttribute(PERSON, person);
        return true;
    }

    private Optional<People.Seen> find(Tokens.Login login, @Nullable Allowed rule) throws InterruptedException {
        try {
            var found = people.find(login);
            for (int attempt = 0; found.isEmpty() && attempt < ATTEMPTS; attempt++) {
                Thread.sleep(BETWEEN_ATTEMPTS);
                found = people.find(login);
            }
            return found;
        } catch (DataAccessException e) {
            if (rule != null && rule.duringOutage()) {
                return people.lastKnown(login).or(() -> {
                    throw e;
                });
            }
            throw e;
        }
    }
}
