(recipe "slices"
  :version "1.0" :owner "@giles@artdag.example" :seed 42
  (def a (-> (source :path "a.mp4") (segment :duration 3)))
  (def b (-> (source :path "b.mp4") (segment :offset 0.5 :end 2.5)))
  (def cut (slice-on a :on beats (fn [x] x)))
  (-> (sequence a b :transition {:type "crossfade" :duration 0.5})
      (blend cut :mode multiply :opacity 0.25)
      (transform :brightness -0.1 :speed 2)))
