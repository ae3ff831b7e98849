; a cat that turns
(recipe "spinning cat"
  :version "1.0"
  :description "One effect"
  :encoding (:codec "libx264" :fps 30 :width 640 :height 480)
  (asset cat :hash "33268b6e167deaf018cc538de12dbacf33ab4f4d8f4ca7d4b5d9a2d8fb2a9d0c" :url "https://example.com/cat.jpg")
  (def footage (source cat))
  (-> footage
      (segment :start 1 :duration 4)
      (effect rotate :angle 90)
      (blur :radius 6)))
