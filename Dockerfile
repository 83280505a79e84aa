# syntax=docker/dockerfile:1
# One static binary on an image without shell or package manager, as nobody.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/sprechstunde ./cmd/sprechstunde

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/sprechstunde /sprechstunde
COPY LICENSE /LICENSE
USER nonroot
EXPOSE 8780
# The root file system may be read-only: nothing is written below it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["/sprechstunde", "doctor", "--ready", "http://127.0.0.1:8780/readyz"]
ENTRYPOINT ["/sprechstunde"]
CMD ["run"]
