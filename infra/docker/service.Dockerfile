# syntax=docker/dockerfile:1
# One of the four services: --build-arg MODULE=command-service | query-service | projections | proxy-service
FROM maven:3.9-eclipse-temurin-25 AS build
ARG MODULE
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip -pl "${MODULE}" -am package
RUN java -Djarmode=tools -jar "${MODULE}/target/${MODULE}-0.1.0-SNAPSHOT.jar" extract --destination /app \
    && mv "/app/${MODULE}-0.1.0-SNAPSHOT.jar" /app/app.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin platform \
    && mkdir -p /data && chown platform:platform /data
COPY infra/docker/health.sh /usr/local/bin/health
COPY --from=build /app/lib /app/lib
COPY --from=build /app/app.jar /app/app.jar
USER platform
WORKDIR /data
# Three quarters of the container's memory; a service without memory left is restarted, not left half alive.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -Djdk.virtualThreadScheduler.parallelism=8 --enable-native-access=ALL-UNNAMED"
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
